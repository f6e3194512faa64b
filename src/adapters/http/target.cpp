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

// RFC 9112 section 3.2.2: a server takes the absolute-form, too. Only of http: what else Boost.URL takes for an
// absolute URI ("x:?") can end in one of its assertions. Empty: neither form.
std::string origin_form_of(std::string_view text) {
  if (text.starts_with('/')) return std::string{without_extra_slashes(text)};
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (!equals_ignoring_case(text.substr(0, scheme.size()), scheme)) continue;
    text.remove_prefix(scheme.size());
    const auto path = text.find_first_of("/?");
    if (path == 0 || text.empty()) return {};  // no authority
    if (path == std::string_view::npos) return "/";
    if (text[path] == '?') return '/' + std::string{text.substr(path)};
    return std::string{without_extra_slashes(text.substr(path))};
  }
  return {};
}

}  // namespace

std::optional<Target> parse_target(std::string_view text) {
  const std::string origin_form = origin_form_of(text);
  if (origin_form.empty()) return {};
  const auto parsed = urls::parse_origin_form(origin_form);
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
