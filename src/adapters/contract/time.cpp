#include "adapters/contract/time.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace costage::contract {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;

bool is_digit(char c) { return '0' <= c && c <= '9'; }

// Reads from the front; once something does not fit, nothing does.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  int digits(std::size_t count, int most) {
    int number = 0;
    for (std::size_t i = 0; i < count; ++i) number = number * 10 + (at(i, is_digit) ? rest_[i] - '0' : 0);
    skip(count);
    good_ = good_ && number <= most;
    return number;
  }
  char one_of(std::string_view allowed) {
    const bool is_one = at(0, [&](char c) { return allowed.find(c) != std::string_view::npos; });
    const char found = is_one ? rest_.front() : '\0';
    skip(1);
    return found;
  }
  // ".25": what there is of it.
  milliseconds fraction() {
    if (rest_.empty() || rest_.front() != '.') return {};
    rest_.remove_prefix(1);
    const auto end = std::ranges::find_if_not(rest_, is_digit);
    const auto length = static_cast<std::size_t>(end - rest_.begin());
    good_ = good_ && length > 0;
    int kept = 0;
    for (std::size_t i = 0; i < 3; ++i) kept = kept * 10 + (i < length ? rest_[i] - '0' : 0);
    rest_.remove_prefix(length);
    return milliseconds{kept};
  }
  minutes offset() {
    const char sign = one_of("Zz+-");
    if (sign != '+' && sign != '-') return {};
    const int hours = digits(2, 23);
    one_of(":");
    const minutes ahead{hours * 60 + digits(2, 59)};
    return sign == '+' ? ahead : -ahead;
  }
  [[nodiscard]] bool fitted() const { return good_ && rest_.empty(); }

 private:
  template <class Fits>
  bool at(std::size_t place, Fits fits) {
    good_ = good_ && place < rest_.size() && fits(rest_[place]);
    return good_;
  }
  void skip(std::size_t count) { rest_.remove_prefix(std::min(count, rest_.size())); }

  std::string_view rest_;
  bool good_ = true;
};

}  // namespace

std::string iso8601(WallTime time) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss clock{time - day};
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), clock.hours().count(),
                     clock.minutes().count(), clock.seconds().count(), clock.subseconds().count());
}

std::optional<WallTime> time_from(std::string_view text) {
  Reader reader{text};
  const std::chrono::year year{reader.digits(4, 9999)};
  reader.one_of("-");
  const std::chrono::month month{static_cast<unsigned>(reader.digits(2, 12))};
  reader.one_of("-");
  const std::chrono::day day{static_cast<unsigned>(reader.digits(2, 31))};
  reader.one_of("Tt ");
  const std::chrono::hours hours{reader.digits(2, 23)};
  reader.one_of(":");
  const minutes of_hour{reader.digits(2, 59)};
  reader.one_of(":");
  const std::chrono::seconds of_minute{reader.digits(2, 59)};
  const milliseconds fraction = reader.fraction();
  const minutes ahead = reader.offset();
  const std::chrono::year_month_day date{year, month, day};
  if (!reader.fitted() || !date.ok()) return {};
  return std::chrono::sys_days{date} + hours + of_hour + of_minute + fraction - ahead;
}

}  // namespace costage::contract
