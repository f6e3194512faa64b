// The names by which the guides of another kit call these parts.
export { CoHostStage as AmityLivestreamCoHostStage, InviteCoHostPage as AmityLivestreamInviteCoHostPage } from './kit/parts.js';
