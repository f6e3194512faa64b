// The OpenSSL side of Certificate, apart from its header so that only dtls.cpp and certificate.cpp see OpenSSL.
#pragma once

#include <openssl/evp.h>
#include <openssl/x509.h>

#include <memory>

#include "sfu/peer/certificate.hpp"
#include "sfu/peer/fingerprint.hpp"

namespace costage::sfu {

struct Certificate::Handles {
  std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key{nullptr, EVP_PKEY_free};
  std::unique_ptr<X509, decltype(&X509_free)> x509{nullptr, X509_free};
};

// The certificate's fingerprint by `algorithm`, one that parse_fingerprint() knows.
Fingerprint fingerprint_of(const X509* certificate, const std::string& algorithm);

}  // namespace costage::sfu
