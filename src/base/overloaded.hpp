// std::visit(Overloaded{[](A&) {...}, [](B&) {...}}, variant)
#pragma once

namespace costage {

template <class... Fs>
struct Overloaded : Fs... {
  using Fs::operator()...;
};
template <class... Fs>
Overloaded(Fs...) -> Overloaded<Fs...>;

}  // namespace costage
