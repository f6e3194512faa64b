// The back end for amd64. GCM is called directly, without ipsec-mb's job queue: one packet is one call with an expanded
// key, and source and destination may differ. AES-CM stays with EVP: as a job it is faster only when 16 or more packets
// are queued together and several times slower alone, and every browser of today takes GCM.
#include "sfu/peer/srtp_cipher.hpp"

#ifdef COSTAGE_IPSEC_MB

#include <intel-ipsec-mb.h>
#include <openssl/crypto.h>

#include <cstring>
#include <memory>

#include "base/check.hpp"

namespace costage::sfu {

namespace {

using Manager = std::shared_ptr<IMB_MGR>;

class IpsecMbGcm final : public SrtpCipher {
 public:
  IpsecMbGcm(Manager manager, const SrtpSessionKey& key) : manager_(std::move(manager)) {
    IMB_AES128_GCM_PRE(manager_.get(), key.encryption.data(), &key_);
  }

  void seal(const SrtpParts& p, std::uint8_t* tag) override {
    std::uint8_t joined[kMaxRtcpAad];
    const Bytes aad = additional(p, joined);
    gcm_context_data context;
    IMB_AES128_GCM_ENC(manager_.get(), &key_, &context, p.packet + p.header, p.payload, p.size, p.iv.data(), aad.data(),
                       aad.size(), tag, kTag);
  }

  bool open(const SrtpParts& p, const std::uint8_t* tag) override {
    std::uint8_t joined[kMaxRtcpAad];
    const Bytes aad = additional(p, joined);
    std::uint8_t* text = p.packet + p.header;
    std::uint8_t expected[kTag];
    gcm_context_data context;
    IMB_AES128_GCM_DEC(manager_.get(), &key_, &context, text, text, p.size, p.iv.data(), aad.data(), aad.size(),
                       expected, kTag);
    return CRYPTO_memcmp(expected, tag, kTag) == 0;
  }

 private:
  static constexpr std::size_t kTag = srtp_tag_size(SrtpProfile::aead_aes_128_gcm);
  static constexpr std::size_t kMaxRtcpAad = 12;  // 8 bytes of header and the index (RFC 7714 section 9.2)

  static Bytes additional(const SrtpParts& p, std::uint8_t* joined) {
    if (p.tail_size == 0) return {p.packet, p.header};
    COSTAGE_CHECK(p.header + p.tail_size <= kMaxRtcpAad, "only RTCP has a tail in GCM");
    std::memcpy(joined, p.packet, p.header);
    std::memcpy(joined + p.header, p.tail.data(), p.tail_size);
    return {joined, p.header + p.tail_size};
  }

  alignas(64) gcm_key_data key_;
  Manager manager_;
};

class IpsecMbEngine final : public SrtpEngine {
 public:
  explicit IpsecMbEngine(Manager manager) : manager_(std::move(manager)), evp_(make_evp_engine()) {}

  std::unique_ptr<SrtpCipher> cipher(SrtpProfile profile, const SrtpSessionKey& key) const override {
    if (profile != SrtpProfile::aead_aes_128_gcm) return evp_->cipher(profile, key);
    return std::make_unique<IpsecMbGcm>(manager_, key);
  }
  const char* name() const override { return "ipsec-mb"; }

 private:
  Manager manager_;
  std::unique_ptr<SrtpEngine> evp_;
};

}  // namespace

std::unique_ptr<SrtpEngine> make_ipsec_mb_engine() {
  Manager manager{alloc_mb_mgr(0), [](IMB_MGR* m) {
                    if (m) free_mb_mgr(m);
                  }};
  if (!manager) return nullptr;
  init_mb_mgr_auto(manager.get(), nullptr);
  constexpr std::uint64_t kNeeded = IMB_FEATURE_AESNI | IMB_FEATURE_PCLMULQDQ;
  if (imb_get_errno(manager.get()) != 0 || (manager->features & kNeeded) != kNeeded) return nullptr;
  return std::make_unique<IpsecMbEngine>(std::move(manager));
}

}  // namespace costage::sfu

#else

namespace costage::sfu {
std::unique_ptr<SrtpEngine> make_ipsec_mb_engine() { return nullptr; }
}  // namespace costage::sfu

#endif
