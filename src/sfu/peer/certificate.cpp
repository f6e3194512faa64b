#include "sfu/peer/certificate.hpp"

#include <openssl/rand.h>

#include "base/check.hpp"
#include "sfu/peer/certificate_handles.hpp"

namespace costage::sfu {

namespace {

constexpr long kDay = 24 * 60 * 60;
constexpr long kValidBefore = kDay;       // for peers whose clock is behind
constexpr long kValidAfter = 365 * kDay;  // a process that runs for a year still connects

X509* self_signed(EVP_PKEY* key) {
  X509* x509 = X509_new();
  std::uint64_t serial = 0;
  bool ok = x509 && RAND_bytes(reinterpret_cast<unsigned char*>(&serial), sizeof serial) == 1;
  serial >>= 1;  // positive
  ok = ok && X509_set_version(x509, 2) && ASN1_INTEGER_set_uint64(X509_get_serialNumber(x509), serial) &&
       X509_gmtime_adj(X509_getm_notBefore(x509), -kValidBefore) &&
       X509_gmtime_adj(X509_getm_notAfter(x509), kValidAfter) && X509_set_pubkey(x509, key);
  X509_NAME* name = ok ? X509_get_subject_name(x509) : nullptr;
  ok = ok &&
       X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>("costage"), -1, -1,
                                  0) &&
       X509_set_issuer_name(x509, name) && X509_sign(x509, key, EVP_sha256());
  COSTAGE_CHECK(ok, "a self-signed certificate needs nothing from outside");
  return x509;
}

const EVP_MD* hash_named(const std::string& algorithm) {
  if (algorithm == "sha-384") return EVP_sha384();
  if (algorithm == "sha-512") return EVP_sha512();
  return EVP_sha256();
}

}  // namespace

Fingerprint fingerprint_of(const X509* certificate, const std::string& algorithm) {
  Fingerprint out{algorithm, Buffer(EVP_MAX_MD_SIZE)};
  unsigned size = 0;
  const bool ok = X509_digest(certificate, hash_named(algorithm), out.digest.data(), &size) == 1;
  out.digest.resize(ok ? size : 0);
  return out;
}

Certificate::Certificate() : handles_(std::make_unique<Handles>()) {
  handles_->key.reset(EVP_EC_gen("P-256"));
  COSTAGE_CHECK(handles_->key, "P-256 is part of every OpenSSL");
  handles_->x509.reset(self_signed(handles_->key.get()));
  fingerprint_ = to_text(fingerprint_of(handles_->x509.get(), "sha-256"));
}

Certificate::~Certificate() = default;

}  // namespace costage::sfu
