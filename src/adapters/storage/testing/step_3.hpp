// What version 0.1 wrote at step 3 of the schema: a small show, and one that ended.
#pragma once

#include <string_view>

namespace costage::storage {

inline constexpr std::string_view kRowsOfStep3 = R"sql(
INSERT INTO "rooms" VALUES('room-1','Pottery again','clay','{"a":[1,"x"]}','ext-1',1,0,5,60,60,'hanna','hanna','idle',1795881783169,1795881783183,NULL,NULL,NULL,2,7,1,'1795881783173,1795881783180','both',1);
INSERT INTO "rooms" VALUES('room-2','Ended','','{}','',1,1,5,60,60,'hanna','hanna','ended',1795881783184,1795881783185,NULL,1795881783185,NULL,2,2,0,'','any',0);
INSERT INTO "answers" VALUES('hanna','k1','POST /v1/rooms
{"title":"Pottery \"ü\"","description":"clay","metadata":{"a":[1,"x"]},"externalId":"ext-1","policies":{"guestsMayWatch":true,"coHostDevices":"both","inviteWatchersOnly":false}}',1795881783169,'{"kind":"room","answer":{"id":"room-1","title":"Pottery \"ü\"","description":"clay","metadata":"{\"a\":[1,\"x\"]}","externalId":"ext-1","chatEnabled":true,"policies":{"inviteWatchersOnly":false,"maxCoHosts":5,"invitationTtl":60,"reconnectGrace":60,"coHostDevices":"both","guestsMayWatch":true},"host":"hanna","hostName":"hanna","status":"idle","createdAt":1795881783169,"updatedAt":1795881783169,"liveAt":null,"endedAt":null,"reconnectBy":null,"version":1}}');
INSERT INTO "events" VALUES('room-1',1,'room.created',1795881783169,'hanna','{"id":"room-1","title":"Pottery \"ü\"","description":"clay","metadata":"{\"a\":[1,\"x\"]}","externalId":"ext-1","chatEnabled":true,"policies":{"inviteWatchersOnly":false,"maxCoHosts":5,"invitationTtl":60,"reconnectGrace":60,"coHostDevices":"both","guestsMayWatch":true},"host":"hanna","hostName":"hanna","status":"idle","createdAt":1795881783169,"updatedAt":1795881783169,"liveAt":null,"endedAt":null,"reconnectBy":null,"version":1}');
INSERT INTO "events" VALUES('room-1',2,'stage.prepared',1795881783172,'hanna','{"seat":{"user":"hanna","name":"hanna","role":"host","state":"preparing","lease":"lease-1","epoch":1,"camera":"off","microphone":"off","joinedAt":1795881783172,"onAirAt":null,"releaseAt":1795882383172,"link":"absent"},"stage":{"seats":[{"user":"hanna","name":"hanna","role":"host","state":"preparing","lease":"lease-1","epoch":1,"camera":"off","microphone":"off","joinedAt":1795881783172,"onAirAt":null,"releaseAt":1795882383172,"link":"absent"}],"lastEpoch":1},"reason":null}');
INSERT INTO "events" VALUES('room-1',3,'invitation.created',1795881783173,'hanna','{"id":"inv-1","room":"room-1","roomTitle":"Pottery \"ü\"","inviter":"hanna","inviterName":"hanna","invitee":"victor","inviteeName":"victor","status":"pending","createdAt":1795881783173,"expiresAt":1795881843173,"respondedAt":null,"ttl":60,"declines":0,"admission":"unused"}');
INSERT INTO "events" VALUES('room-1',4,'invitation.rejected',1795881783174,'victor','{"id":"inv-1","room":"room-1","roomTitle":"Pottery \"ü\"","inviter":"hanna","inviterName":"hanna","invitee":"victor","inviteeName":"victor","status":"rejected","createdAt":1795881783173,"expiresAt":1795881843173,"respondedAt":1795881783174,"ttl":60,"declines":1,"admission":"unused"}');
INSERT INTO "events" VALUES('room-1',5,'invitation.created',1795881783180,'hanna','{"id":"inv-2","room":"room-1","roomTitle":"Pottery \"ü\"","inviter":"hanna","inviterName":"hanna","invitee":"vera","inviteeName":"vera","status":"pending","createdAt":1795881783180,"expiresAt":1795881983180,"respondedAt":null,"ttl":200,"declines":0,"admission":"unused"}');
INSERT INTO "events" VALUES('room-1',6,'invitation.accepted',1795881783182,'vera','{"id":"inv-2","room":"room-1","roomTitle":"Pottery \"ü\"","inviter":"hanna","inviterName":"hanna","invitee":"vera","inviteeName":"vera","status":"accepted","createdAt":1795881783180,"expiresAt":1795881983180,"respondedAt":1795881783182,"ttl":200,"declines":0,"admission":"unused"}');
INSERT INTO "events" VALUES('room-1',7,'room.updated',1795881783183,'hanna','{"id":"room-1","title":"Pottery again","description":"clay","metadata":"{\"a\":[1,\"x\"]}","externalId":"ext-1","chatEnabled":true,"policies":{"inviteWatchersOnly":false,"maxCoHosts":5,"invitationTtl":60,"reconnectGrace":60,"coHostDevices":"both","guestsMayWatch":true},"host":"hanna","hostName":"hanna","status":"idle","createdAt":1795881783169,"updatedAt":1795881783183,"liveAt":null,"endedAt":null,"reconnectBy":null,"version":2}');
INSERT INTO "events" VALUES('room-2',1,'room.created',1795881783184,'hanna','{"id":"room-2","title":"Ended","description":"","metadata":"{}","externalId":"","chatEnabled":true,"policies":{"inviteWatchersOnly":true,"maxCoHosts":5,"invitationTtl":60,"reconnectGrace":60,"coHostDevices":"any","guestsMayWatch":false},"host":"hanna","hostName":"hanna","status":"idle","createdAt":1795881783184,"updatedAt":1795881783184,"liveAt":null,"endedAt":null,"reconnectBy":null,"version":1}');
INSERT INTO "events" VALUES('room-2',2,'room.ended',1795881783185,'hanna','{"id":"room-2","title":"Ended","description":"","metadata":"{}","externalId":"","chatEnabled":true,"policies":{"inviteWatchersOnly":true,"maxCoHosts":5,"invitationTtl":60,"reconnectGrace":60,"coHostDevices":"any","guestsMayWatch":false},"host":"hanna","hostName":"hanna","status":"ended","createdAt":1795881783184,"updatedAt":1795881783185,"liveAt":null,"endedAt":1795881783185,"reconnectBy":null,"version":2}');
INSERT INTO "invitations" VALUES('inv-1','room-1','Pottery "ü"','hanna','hanna','victor','victor','rejected',1795881783173,1795881843173,1795881783174,60,1,'unused',3,1);
INSERT INTO "invitations" VALUES('inv-2','room-1','Pottery "ü"','hanna','hanna','vera','vera','accepted',1795881783180,1795881983180,1795881783182,200,0,'unused',5,1);
INSERT INTO "meta" VALUES('history_epoch','bfdWfsoXPPPu');
INSERT INTO "revocations" VALUES('room-2','',1795881783185);
INSERT INTO "seats" VALUES('room-1','hanna','hanna','host','preparing','lease-1',1,'off','off',1795881783172,NULL,1795882383172,'absent');
INSERT INTO "users" VALUES('victor','victor');
INSERT INTO "users" VALUES('vera','vera');
INSERT INTO "users" VALUES('hanna','hanna');
)sql";

}  // namespace costage::storage
