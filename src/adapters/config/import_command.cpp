#include "adapters/config/import_command.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>

namespace costage::config {

Result<std::variant<ImportCommand, Print>, std::string> load_import(std::vector<std::string> arguments,
                                                                    const Environment& environment) {
  std::string data = environment("COSTAGE_DATA").value_or("");
  std::string database = environment("COSTAGE_DATABASE").value_or("");
  CLI::App app{"Moves the embedded database to PostgreSQL, while costage is stopped. All of it or nothing.",
               "costage import"};
  app.add_option("--data", data, "folder of the embedded database, which keeps all; or in COSTAGE_DATA");
  app.add_option("--database", database,
                 "an empty PostgreSQL database: postgresql://user@host/name. One with a password: in COSTAGE_DATABASE");
  try {
    std::reverse(arguments.begin(), arguments.end());  // CLI11 takes a vector from its end
    app.parse(arguments);
  } catch (const CLI::CallForHelp&) {
    return Print{app.help()};
  } catch (const CLI::ParseError& error) {
    return fail(fmt::format("{} (costage import --help lists the options)", error.what()));
  }
  if (data.empty()) return fail(std::string{"Give the folder of the embedded database: --data, or COSTAGE_DATA."});
  if (!database.starts_with("postgresql://") && !database.starts_with("postgres://"))
    return fail(
        std::string{"Give the address of a PostgreSQL database: --database postgresql://user@host/name, or "
                    "COSTAGE_DATABASE."});
  return ImportCommand{std::move(data), Secret{std::move(database)}};
}

}  // namespace costage::config
