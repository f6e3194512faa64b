#include "adapters/livekit_server/admission.hpp"

#include "signal/limits.hpp"

namespace costage::livekit_server {

Result<AccessToken, Refused> Admission::read(const std::string& token, WallTime now) const {
  const auto claims = auth::verify(token, keys_, now);
  if (!claims) return fail(Refused{401, "invalid token: " + std::string{auth::sentence(claims.error())}});
  auto access = livekit_api::read_claims(*claims);
  if (!access) return fail(Refused{401, "invalid token: a claim has the wrong type"});
  return std::move(*access);
}

Result<AccessToken, Refused> Admission::check(const std::string& token, WallTime now) const {
  auto access = read(token, now);
  if (!access) return access;
  const signal::Grants& grants = access->grants;
  if (!access->room_join)
    return fail(Refused{401, "permissions denied: the token does not let its bearer join a room"});
  if (access->room.empty()) return fail(Refused{400, "the token names no room"});
  if (grants.identity.empty()) return fail(Refused{400, "identity cannot be empty"});
  if (grants.identity.size() > signal::kMaxIdentity || access->room.size() > signal::kMaxName)
    return fail(Refused{400, "identity or room name is too long"});
  if (revocations_.is_revoked(access->room, grants.identity, access->minted))
    return fail(Refused{401, "invalid token: it was revoked"});
  return access;
}

void Admission::admit(const std::string& token, WallTime now,
                      std::function<void(Result<AccessToken, Refused>)> done) const {
  auto access = check(token, now);
  if (!access) return done(std::move(access));
  if (gate_ == nullptr) return admit_here(std::move(*access), std::move(done));
  const domain::RoomId room{access->room};
  gate_->carries(room, [this, access = std::move(*access), done = std::move(done)](bool here) {
    if (here) return admit_here(access, done);
    done(fail(Refused{421, "another node carries this show: ask for new credentials"}));
  });
}

void Admission::admit_here(AccessToken access, std::function<void(Result<AccessToken, Refused>)> done) const {
  const std::string room = access.room;
  const signal::Grants grants = access.grants;
  may_stay(room, grants, [access = std::move(access), done = std::move(done)](bool alive) {
    if (alive) return done(access);
    done(fail(Refused{401, access.grants.lease_id.empty()
                               ? "permissions denied: only who has a seat on stage publishes here"
                               : "invalid token: its seat on stage was given up"}));
  });
}

void Admission::may_stay(const std::string& room, const signal::Grants& grants,
                         std::function<void(bool)> answer) const {
  const bool harmless = grants.lease_id.empty() && !grants.permission.can_publish();
  if (harmless || !gate_) return answer(true);
  gate_->may_publish(domain::RoomId{room}, app::Identity{grants.identity}, domain::LeaseId{grants.lease_id},
                     std::move(answer));
}

}  // namespace costage::livekit_server
