#include "adapters/http/target.hpp"

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include "base/text.hpp"

namespace costage::http {
namespace {

namespace urls = boost::urls;

// LiveKit's clients ask for "//rtc" when they are given a URL with a slash at its end. As an origin-form that would
// begin with an authority.
std::string_view without_extra_slashes(std::string_view text) {
  while (text.size() >= 2 && text[0] == '/' && text[1] == '/') text.remove_prefix(1);
  return text;
}

}  // namespace

std::optional<Target> parse_target(std::string_view text) {
  text = without_extra_slashes(text);
  const auto parsed = text.starts_with('/') ? urls::parse_origin_form(text) : urls::parse_absolute_uri(text);
  if (!parsed) return {};
  const urls::url_view url = *parsed;

  Target target;
  for (const auto& segment : url.segments()) {
    std::string decoded = segment;
    if (bad_text(decoded)) return {};
    target.path += '/' + decoded;
    target.segments.push_back(std::move(decoded));
  }
  if (target.path.empty()) target.path = "/";
  urls::encoding_opts form;
  form.space_as_plus = true;
  for (const auto& param : url.params(form)) {
    if (bad_text(param.key) || bad_text(param.value)) return {};
    target.query_list.emplace_back(param.key, param.value);
    target.query.emplace(param.key, param.value);
  }
  return target;
}

}  // namespace costage::http
