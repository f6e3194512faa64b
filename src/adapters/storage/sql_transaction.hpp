// What a unit of work sees of an SQL database. Private to the SQL databases.
#pragma once

#include "adapters/storage/room_cache.hpp"
#include "adapters/storage/tables/answer_table.hpp"
#include "adapters/storage/tables/block_table.hpp"
#include "adapters/storage/tables/chat_table.hpp"
#include "adapters/storage/tables/egress_table.hpp"
#include "adapters/storage/tables/history_table.hpp"
#include "adapters/storage/tables/invitation_table.hpp"
#include "adapters/storage/tables/node_table.hpp"
#include "adapters/storage/tables/picture_table.hpp"
#include "adapters/storage/tables/request_table.hpp"
#include "adapters/storage/tables/revocation_table.hpp"
#include "adapters/storage/tables/room_table.hpp"
#include "adapters/storage/tables/run_of_show_table.hpp"
#include "adapters/storage/tables/scene_table.hpp"
#include "adapters/storage/tables/stage_table.hpp"
#include "adapters/storage/tables/standing_table.hpp"
#include "adapters/storage/tables/user_table.hpp"
#include "adapters/storage/tables/webhook_table.hpp"
#include "app/ports/storage.hpp"

namespace costage::storage {

class SqlTransaction final : public app::Transaction, private app::RoomStore {
 public:
  SqlTransaction(Sql& sql, Health& health)
      : room_(sql, health),
        stage_(sql),
        invitation_(sql, health),
        request_(sql, health),
        scene_(sql),
        run_of_show_(sql),
        egress_(sql),
        standing_(sql),
        history_(sql),
        message_(sql, health),
        emoji_(sql),
        report_(sql),
        chat_(sql, message_, report_),
        word_(sql),
        reaction_(sql),
        user_(sql),
        block_(sql, health),
        picture_(sql),
        answer_(sql),
        revocation_(sql),
        webhook_(sql),
        node_(sql) {}

  // Told by the connection: what was written is there, or is not.
  void committed() { cache_.committed(); }
  void undone() { cache_.undone(); }
  void forget() { cache_.forget(); }

  app::RoomStore& rooms() override { return *this; }
  app::InvitationStore& invitations() override { return invitation_; }
  app::RequestStore& requests() override { return request_; }
  app::HistoryStore& history() override { return history_; }
  app::ChatStore& chats() override { return chat_; }
  app::MessageStore& messages() override { return message_; }
  app::EmojiStore& emojis() override { return emoji_; }
  app::ReportStore& reports() override { return report_; }
  app::WordStore& words() override { return word_; }
  app::ReactionStore& reactions() override { return reaction_; }
  app::UserStore& users() override { return user_; }
  app::BlockStore& blocks() override { return block_; }
  app::PictureStore& pictures() override { return picture_; }
  app::AnswerStore& answers() override { return answer_; }
  app::RevocationStore& revocations() override { return revocation_; }
  app::WebhookStore& webhooks() override { return webhook_; }
  app::NodeStore& nodes() override { return node_; }

 private:
  std::optional<app::PersonInRoom> person(const domain::RoomId& room, const domain::UserId& user) override;
  // A room's state is the sum of what its tables have.
  std::optional<domain::RoomState> load(const domain::RoomId& room) override;
  void save(const domain::RoomState& before, const domain::RoomState& after, const domain::Events& events) override;
  app::Page<domain::Room> list(const app::RoomFilter& filter, const app::PageRequest& page) override {
    return room_.list(filter, page);
  }
  std::vector<domain::RoomId> open_after(const domain::RoomId& after, std::size_t limit) override {
    return room_.open_after(after, limit);
  }

  RoomCache cache_;
  RoomTable room_;
  StageTable stage_;
  InvitationTable invitation_;
  RequestTable request_;
  SceneTable scene_;
  RunOfShowTable run_of_show_;
  EgressTable egress_;
  StandingTable standing_;
  HistoryTable history_;
  MessageTable message_;
  EmojiTable emoji_;
  ReportTable report_;
  ChatTable chat_;
  WordTable word_;
  ReactionTable reaction_;
  UserTable user_;
  BlockTable block_;
  PictureTable picture_;
  AnswerTable answer_;
  RevocationTable revocation_;
  WebhookTable webhook_;
  NodeTable node_;
};

}  // namespace costage::storage
