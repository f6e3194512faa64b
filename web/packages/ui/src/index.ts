export { Avatar } from './base/avatar.js';
export { Button } from './base/button.js';
export { colourProblems, type ColourProblem } from './base/colours.js';
export { Confirm } from './base/confirm.js';
export { ErrorBoundary } from './base/error_boundary.js';
export { Choice, Text, Toggle } from './base/field.js';
export { focusHome } from './base/focus_keeper.js';
export { Icon } from './base/icon.js';
export { Name } from './base/name.js';
export { isolated, plain } from './base/names.js';
export { Notices } from './base/notices.js';
export { CostageRoot, type CostageRootProps } from './base/root.js';
export { Problem } from './base/problem.js';
export { StatusPage } from './base/status_page.js';
export { deviceStorage, tabStorage } from './base/storage.js';
export { BlockList } from './blocks/block_list.js';
export type { RoomPartProps } from './kit/for_room.js';
export { MyInvitation } from './kit/my_invitation.js';
export {
  AskToJoin, Chat, CoHostStage, GreenRoom, HostBar, InvitationBanner, InviteCoHostPage, LivePlayer, ModerationPanel, Reactions,
  RecordingBadges, RecordingControls, RequestQueue,
  RoomSettings, RunOfShow, StageControls, ViewerList,
} from './kit/parts.js';
export { StageTile } from './kit/stage_tile.js';
export { Planned } from './plan/planned.js';
export { ShowPicture } from './plan/show_picture.js';
export { tagsOf } from './room_settings/tags.js';
export { loginAddress } from './show/access.js';
export { CoHostedShow, type CoHostedShowProps } from './show/co_hosted_show.js';
export type { ShowSlots } from './show/slots.js';
export { ConnectionBanner } from './show/connection_banner.js';
export { DiscardCard } from './show/discard_show.js';
export { useHeldSeat } from './show/held_seat.js';
export { useLanguage } from './words/language_provider.js';
export { language, languageFor, languages, messages, onLanguage, speak, type Language } from './words/languages.js';
