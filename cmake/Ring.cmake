if(COSTAGE_TESTS)
  enable_testing()
  add_custom_target(unit_tests)  # every NAME_test
endif()

# ring(NAME FOLDER [BUSY] LINK ... [LINK_TEST ...]): the library of one folder and, from its *_test.cpp files, the program
# NAME_test, which also links LINK_TEST. What is BUSY is optimised even for the tests, which let it do much.
# Files are found, not listed: a new file needs no edit here.
function(ring name folder)
  cmake_parse_arguments(RING "BUSY" "" "LINK;LINK_TEST" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/${folder}/*.cpp)
  set(tests ${sources})
  list(FILTER sources EXCLUDE REGEX "_test\\.cpp$")
  list(FILTER tests INCLUDE REGEX "_test\\.cpp$")

  set(busy)
  if(RING_BUSY AND COSTAGE_SANITIZE)
    set(busy -O1)
  endif()
  if(sources)
    add_library(${name} STATIC ${sources})
    target_compile_options(${name} PRIVATE ${busy})
    set(scope PUBLIC)
  else()
    add_library(${name} INTERFACE)
    set(scope INTERFACE)
  endif()
  target_include_directories(${name} ${scope} ${PROJECT_SOURCE_DIR}/src)
  target_link_libraries(${name} ${scope} ${RING_LINK} warnings fmt::fmt)

  if(COSTAGE_TESTS AND tests)
    add_executable(${name}_test ${tests})
    target_link_libraries(${name}_test PRIVATE ${name} GTest::gmock GTest::gtest_main rapidcheck ${RING_LINK_TEST})
    target_compile_options(${name}_test PRIVATE ${busy})
    add_test(NAME ${name} COMMAND ${name}_test)
    add_dependencies(unit_tests ${name}_test)
  endif()
endfunction()
