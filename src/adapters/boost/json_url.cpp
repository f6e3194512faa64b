// The parts of Boost.JSON and Boost.URL that are not templates, compiled once (cmake/Toolchain.cmake).
#include <boost/json/src.hpp>
#ifndef COSTAGE_BOOST_URL_LIBRARY
#include <boost/url/src.hpp>
#endif
