// The self-signed ECDSA P-256 certificate that proves us in DTLS (RFC 8827 section 6.5). Made once per process; its
// fingerprint goes into every SDP. Keys come from OpenSSL's own generator, not from Rng: it is a secret of the process.
#pragma once

#include <memory>
#include <string>

namespace costage::sfu {

class Certificate {
 public:
  Certificate();
  ~Certificate();
  Certificate(const Certificate&) = delete;
  Certificate& operator=(const Certificate&) = delete;

  // "sha-256 AB:CD:...", the value of a=fingerprint (RFC 8122 section 5).
  [[nodiscard]] const std::string& fingerprint() const { return fingerprint_; }

  struct Handles;  // OpenSSL's X509 and EVP_PKEY, for dtls.cpp
  [[nodiscard]] const Handles& handles() const { return *handles_; }

 private:
  std::unique_ptr<Handles> handles_;
  std::string fingerprint_;
};

}  // namespace costage::sfu
