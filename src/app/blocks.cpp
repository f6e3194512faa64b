#include "app/blocks.hpp"

#include <utility>

#include "app/context.hpp"
#include "app/cursor.hpp"
#include "domain/limits.hpp"
#include "domain/permission.hpp"

namespace costage::app {
namespace {

using namespace domain;

// Nothing in any room changes by it.
void write(const Context& in, const Caller& caller, const Block& block, const MaybeIdempotency& once, Done<Block> done,
           std::function<std::optional<Refusal>(Transaction&)> change) {
  if (!permitted(caller, Action::manage_blocks, Relation::own)) return done(refuse(Code::not_permitted));
  if (auto bad = bad_user_id(block.user, "userId")) return done(refuse(*bad));
  in.work.note<Block>({caller, once, Made{{}, block.user.value()}, block, std::move(change)}, std::move(done));
}

}  // namespace

void Blocks::put(const Caller& caller, const UserId& user, const MaybeIdempotency& once, Done<Block> done) {
  const Block block{user, caller.user, in_.work.now()};
  write(in_, caller, block, once, std::move(done), [block](Transaction& tx) -> std::optional<Refusal> {
    if (block.user == block.by) return Code::not_oneself;
    if (tx.blocks().count(block.by) >= limits::kBlocks && !tx.blocks().has_any({block.by}, block.user))
      return Code::block_list_full;
    tx.blocks().put(block);
    return {};
  });
}

void Blocks::remove(const Caller& caller, const UserId& user, const MaybeIdempotency& once, Done<Block> done) {
  const Block block{user, caller.user, in_.work.now()};
  write(in_, caller, block, once, std::move(done), [block](Transaction& tx) -> std::optional<Refusal> {
    tx.blocks().remove(block.by, block.user);
    return {};
  });
}

void Blocks::list(const Caller& caller, const PageRequest& page, Done<Page<Block>> done) {
  if (!permitted(caller, Action::manage_blocks, Relation::own)) return done(refuse(Code::not_permitted));
  if (auto bad = bad_cursor(page.cursor)) return done(refuse(*bad));
  in_.work.read<Page<Block>>(
      [by = caller.user, page](Transaction& tx) -> domain::Answer<Page<Block>> { return tx.blocks().list(by, page); },
      std::move(done));
}

}  // namespace costage::app
