#include "sfu/peer/srtp_keys.hpp"

#include <openssl/evp.h>

#include <memory>

#include "base/check.hpp"

namespace costage::sfu {

namespace {

// Offsets from SrtpUse.
constexpr std::uint8_t kEncryption = 0;
constexpr std::uint8_t kAuthentication = 1;
constexpr std::uint8_t kSalt = 2;

// The pseudo-random function: key stream of AES-CM whose counter block is (label * 2^48 XOR salt) * 2^16.
void derive(const SrtpMasterKey& master, std::uint8_t label, MutableBytes out) {
  std::array<std::uint8_t, 16> block{};
  std::copy(master.salt.begin(), master.salt.end(), block.begin());
  block[7] ^= label;
  std::fill(out.begin(), out.end(), 0);
  const std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)> aes{EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free};
  int written = 0;
  const bool ok = aes && EVP_EncryptInit_ex(aes.get(), EVP_aes_128_ctr(), nullptr, master.key.data(), block.data()) &&
                  EVP_EncryptUpdate(aes.get(), out.data(), &written, out.data(), static_cast<int>(out.size()));
  COSTAGE_CHECK(ok, "AES is part of every OpenSSL");
}

}  // namespace

SrtpSession derive_session(const SrtpMasterKey& master, SrtpUse use, SrtpProfile profile) {
  const auto label = static_cast<std::uint8_t>(use);
  SrtpSession out;
  derive(master, label + kEncryption, out.key.encryption);
  derive(master, label + kAuthentication, out.key.authentication);
  const std::size_t salt_size = profile == SrtpProfile::aead_aes_128_gcm ? 12 : 14;
  derive(master, label + kSalt, MutableBytes{out.salt}.first(salt_size));
  return out;
}

}  // namespace costage::sfu
