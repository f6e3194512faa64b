// Every word the studio shows. To translate it, give another object of the same type.
import type {
  ConnectionFigures,
  ConnectionGrade,
  ConnectionReadiness,
  CostageError,
  DeviceReadiness,
  GradeReason,
  InvitationStatus,
  LiveFinding,
  MicrophoneReadiness,
  RoomStatus,
} from '@costage/sdk';
import { chatMessages } from './chat_messages.js';
import { errorMessages } from './error_messages.js';
import { isolated } from '../base/names.js';
import { stageMessages } from './stage_messages.js';

const people = (count: number): string => (count === 1 ? '1 person' : `${count} people`);

const rounded = (value: number, step: number): number => Math.max(step, Math.round(value / step) * step);
/** Not more exact than it was measured. */
const rate = (kbps: number): string => (kbps < 950 ? `${rounded(kbps, 50)} kbit/s` : `${(Math.round(kbps / 100) / 10).toLocaleString(messages.language)} Mbit/s`);
const percent = (ratio: number): string => `${Math.round(ratio * 100)} %`;

export const messages = {
  language: 'en',
  direction: 'ltr' as 'ltr' | 'rtl',
  brand: 'costage',
  loading: 'One moment…',
  close: 'Close',
  cancel: 'Cancel',
  choose: 'Choose…',
  tryAgain: 'Try again',
  retryIn: (seconds: number) => `Try again in ${seconds} s.`,
  back: 'All shows',
  you: 'You',

  name: {
    title: 'What is your name?',
    lead: 'This is a development server: pick any name and look around.',
    label: 'Your name',
    placeholder: 'For example Amina',
    submit: 'Continue',
    busy: 'Signing in…',
  },
  noToken: {
    title: 'You need a link to come in',
    lead: 'Open the link that you were given. It carries your access; this address alone does not.',
  },
  login: {
    title: 'Sign in to come in',
    lead: 'You are sent to the sign-in page and come back here.',
    go: 'Sign in',
  },
  guest: {
    title: 'Watch the show',
    lead: 'You come in as a guest and need no account.',
    go: 'Watch as a guest',
    orSignIn: 'Sign in instead',
  },
  signedOut: {
    title: 'Your access has ended',
    lead: 'Open the link that you were given again to go on.',
    devLead: 'Choose your name again to go on.',
    again: 'Choose a name',
  },
  access: {
    expiring: {
      title: 'Your access ends soon',
      lead: 'Get a new link from where you got the first one, and put it in here: everything goes on without a break.',
    },
    ended: {
      title: 'Your access has ended',
      lead: 'If you are on stage, your picture and sound go on while this page stays open, but nothing can be changed. To go on, put a new link in here. Do not close or reload this page before.',
    },
    timeLeft: (seconds: number) => `${seconds} seconds left`,
    newLink: 'Your new link',
    useLink: 'Go on',
    problems: {
      noToken: 'This link carries no access. Copy all of it.',
      otherPerson: 'This link belongs to somebody else.',
    },
  },
  serverGone: {
    title: 'The server cannot be reached',
    lead: 'Check your network. This page tries again by itself.',
  },
  broken: {
    title: 'Something went wrong on this page',
    lead: 'Try again. If that does not help, load the page anew; the show itself goes on.',
    reload: 'Load the page anew',
  },
  connection: {
    offline: 'You are offline. Waiting for the network…',
    reconnecting: 'Connection lost. Reconnecting…',
    now: 'Reconnect now',
    back: 'Connected again.',
    media: 'Sound and video are reconnecting…',
    status: 'Not connected',
  },

  home: {
    title: 'Shows',
    startTitle: 'Start a show',
    startLead: 'Go live, then bring viewers on stage with you.',
    titleLabel: 'Title',
    titlePlaceholder: 'What is your show about?',
    start: 'Start a show',
    starting: 'Opening…',
    liveNow: 'Live now',
    waiting: 'Starting soon',
    filter: 'Show only',
    emptyTitle: 'No show is on',
    emptyLead: 'Start the first one, or come back later: new shows appear here by themselves.',
    hostedBy: (name: string) => `with ${isolated(name)}`,
    watch: 'Watch',
    open: 'Open',
    signedInAs: (name: string) => `Signed in as ${isolated(name)}`,
  },

  unknown: {
    title: 'There is no such page',
    lead: 'The address may be wrong.',
  },
  discard: {
    go: 'Delete show',
    of: (title: string) => `Delete “${isolated(title)}”`,
    title: (title: string) => `Delete “${isolated(title)}”?`,
    lead: 'It leaves the list, and its link says that it is over. This cannot be taken back.',
    confirm: 'Delete',
  },

  status: {
    idle: 'Not live yet',
    live: 'Live',
    waitingReconnect: 'Host reconnecting',
    ended: 'Ended',
    recorded: 'Ended',
    terminated: 'Stopped',
    error: 'Problem',
  } satisfies Record<RoomStatus, string> as Record<RoomStatus, string>,

  room: {
    watching: (count: number) => `${count} watching`,
    copyLink: 'Copy link',
    copied: 'Link copied',
    notFoundTitle: 'There is no such show',
    notFoundLead: 'The link may be wrong, or the show was deleted.',
    forbiddenTitle: 'This show is not open to you',
    bannedTitle: 'You are banned from this show',
    idleTitle: 'The show has not started',
    idleLead: (host: string) => `${isolated(host)} is getting ready. Stay here: it begins by itself.`,
    endedTitle: 'The show is over',
    endedLead: (host: string) => `Thank you for being here with ${isolated(host)}.`,
    endedHostLead: 'Everybody has left the stage. A new show gets a new link.',
    waitingTitle: 'The host is reconnecting',
    waitingLead: 'Please wait, the show goes on in a moment.',
    emptyStage: 'Nobody is on stage at the moment.',
    connecting: 'Connecting to the show…',
    tapForSound: 'Tap for sound',
    elsewhere: {
      title: 'You are on stage in another window',
      lead: 'One window at a time can show you. What is switched off stays off.',
      go: 'Use this window',
      refused: 'This show allows one window. Leave the stage there to go on here.',
    },
    seatKept: {
      title: 'Your place on stage is kept',
      lead: 'Come back before it is given away. What was switched off stays off.',
      go: 'Return to the stage',
    },
  },

  preview: {
    camera: 'Camera',
    microphone: 'Microphone',
    level: 'Microphone level',
    cameraOff: 'Camera is off',
    starting: 'Starting your camera…',
    turnCameraOn: 'Turn camera on',
    unmute: 'Unmute',
    hint: 'Only you see this.',
  },

  readiness: {
    checkDevices: 'Check camera and microphone',
    marks: {
      camera: { unknown: '', ready: 'Camera ready', silent: 'Camera ready', off: 'Camera off', blocked: 'Camera blocked', missing: 'No camera' },
      microphone: { unknown: '', ready: 'Microphone ready', silent: 'Microphone silent', off: 'Microphone off', blocked: 'Microphone blocked', missing: 'No microphone' },
      connection: { unknown: '', good: 'Good connection', fair: 'Fair connection', poor: 'Poor connection' },
    },
    label: 'Are you ready?',
    camera: {
      starting: 'Starting your camera…',
      ready: 'Your camera works.',
      off: 'Your camera is off.',
      blocked: 'Your camera is blocked.',
      missing: 'No camera was found.',
      busy: 'Your camera cannot be used now.',
    } satisfies Record<DeviceReadiness, string> as Record<DeviceReadiness, string>,
    microphone: {
      starting: 'Starting your microphone…',
      listening: 'Say something: is your microphone heard?',
      heard: 'Your microphone works: something was heard.',
      silent: 'Nothing is heard from your microphone. Is it muted, or is it the wrong one?',
      off: 'Your microphone is off.',
      blocked: 'Your microphone is blocked.',
      missing: 'No microphone was found.',
      busy: 'Your microphone cannot be used now.',
    } satisfies Record<MicrophoneReadiness, string> as Record<MicrophoneReadiness, string>,
    checking: 'Checking your connection…',
    unknown: 'Your connection could not be checked.',
    good: 'Your connection is good.',
    /** By the worst reason, for a connection that is fair and for one that is poor. */
    because: (grade: ConnectionGrade, reason: GradeReason | undefined, { sendKbps = 0, lossRatio = 0, roundTripMs = 0 }: ConnectionFigures): string => {
      const isPoor = grade === 'poor';
      switch (reason) {
        case 'bandwidth':
          return isPoor
            ? `Your connection may be too slow for video: about ${rate(sendKbps)}. Others may see you in low quality.`
            : `Your connection is a little slow: about ${rate(sendKbps)}. Others may see you less sharp.`;
        case 'loss':
          return isPoor
            ? `Your connection loses much of what you send: about ${percent(lossRatio)}. Picture and sound may break off. Go nearer to your router, or use a cable.`
            : `Your connection loses some of what you send: about ${percent(lossRatio)}. Picture and sound may stutter.`;
        case 'delay':
          return isPoor
            ? `Your connection answers very late: after ${Math.round(roundTripMs)} ms. You may talk over each other.`
            : `Your connection answers late: after ${Math.round(roundTripMs)} ms. Leave short pauses when you talk.`;
        default:
          return 'Picture and sound do not get through from here. Try another network.';
      }
    },
    figures: ({ roundTripMs, lossRatio, sendKbps, atLeast }: ConnectionFigures): string =>
      [
        sendKbps === undefined ? '' : `${atLeast ? 'at least ' : ''}${rate(sendKbps)} to send`,
        roundTripMs === undefined ? '' : `${Math.round(roundTripMs)} ms there and back`,
        lossRatio === undefined ? '' : `${percent(lossRatio)} lost`,
      ]
        .filter((one) => one !== '')
        .join(' · '),
    again: 'Check again',
    playTone: 'Play a test sound',
    speaker: 'Loudspeaker',
  },

  host: {
    lobbyTitle: 'Get ready',
    goLive: 'Go live',
    goingLive: 'Going live…',
    lobbyHint: 'Viewers who have the link wait here with you. You can invite them before the show begins.',
    stop: 'End show',
    stopTitle: 'End the show for everybody?',
    stopLead: 'It stops for all viewers and co-hosts, and it cannot be started again.',
    stopConfirm: 'End show',
    stopping: 'Ending…',
    watchers: 'Watching now',
    watchersIdle: 'Waiting with you',
    search: 'Find a viewer',
    noWatchers: 'Nobody is watching yet. Send the link to your viewers.',
    noWatchersNoLink: 'Nobody is watching yet. Viewers come in from your application.',
    noMatch: (query: string) => `Nobody called “${isolated(query)}” is watching.`,
    moreWatchers: (count: number) => `and ${people(count)} more; search to find them.`,
    invite: 'Invite',
    inviteName: (name: string) => `Invite ${isolated(name)}`,
    inviteById: 'Invite somebody who is not here',
    userId: 'User id',
    userIdHint: 'They see the invitation as soon as they open costage.',
    inviteAgain: 'Invite again',
    resend: 'Resend',
    cancelInvite: 'Cancel',
    invitations: 'Invitations',
    onStage: 'On stage',
    noInvitations: 'Viewers whom you invite appear here.',
    remove: (name: string) => `Remove ${isolated(name)} from the stage`,
    removeTitle: (name: string) => `Remove ${isolated(name)} from the stage?`,
    removeLead: 'The picture and sound end at once. The show goes on, and you can invite this person again.',
    removeConfirm: 'Remove',
  },

  greenRoom: {
    title: 'Green room',
    lead: 'Those on stage and those getting ready hear each other here. The audience does not.',
    alone: 'Nobody else is here at the moment.',
    enter: 'Enter and listen',
    leave: 'Leave the green room',
    talk: 'Talk here',
    show: 'Show my picture here',
    offTheShow: 'The audience does not hear you while you talk here.',
    accepted: 'Has accepted, gets ready',
    away: 'Has accepted, not here yet',
    listens: 'Listens',
    heard: 'Can be heard here',
    speaks: 'Speaks',
    call: 'Call to stage',
    callName: (words: string, name: string) => `${words}: ${isolated(name)}`,
    counting: (seconds: number) => `On stage in ${seconds}`,
    callAgain: 'Call again',
    takeBack: 'Take back',
    takeBackName: (name: string) => `Take back the place of ${isolated(name)}`,
    called: (host: string) => `${isolated(host)} wants you on stage now.`,
    joinsByItself: 'Bring me on stage when I am called',
    countdown: (count: number) => (count === 1 ? 'Go live together in 3-2-1' : `Go live with ${count} in 3-2-1`),
    liveIn: (seconds: number) => `Live in ${seconds}`,
    cancelCountdown: 'Stop the countdown',
  },

  limits: {
    quiet: 'End when nobody is seen or heard',
    longest: 'Longest show',
    oneWindow: 'One window per person on stage',
    length: (seconds: number) =>
      seconds === 0 ? 'Never' : seconds % 3600 === 0 ? `After ${seconds / 3600} h` : `After ${Math.round(seconds / 6) / 10} min`,
    soon: {
      quiet: 'Nobody is seen or heard. The show ends by itself unless somebody switches on camera or microphone.',
      longest: 'The show has almost reached its longest time.',
    },
    endsIn: (time: string) => `It ends in ${time}`,
    more: '30 minutes more',
    ended: {
      stopped: undefined,
      hostGone: 'The host lost the connection and did not come back.',
      quiet: 'Nobody was seen or heard any more, so it ended by itself.',
      longest: 'It reached its longest time.',
    },
  },

  showReady: {
    title: 'To be invited, show that your camera and microphone work',
    lead: 'Leave this open: the host sees that both are ready, and cannot see or hear you.',
    stop: 'Switch both off again',
  },

  runOfShow: {
    title: 'Run of show',
    lead: 'What comes one after the other in this show. Those on stage and those getting ready see what is on now and what comes next.',
    now: 'Now',
    next: 'Next',
    startOver: 'Start over',
    startedOver: 'Nothing is on. The first item comes next.',
    youAreNext: 'You are next.',
    addTitle: 'Add to the run of show',
    itemTitle: 'What happens',
    person: 'Who',
    nobody: 'Nobody in particular',
    add: 'Add',
    full: (most: number) => `There can be ${most} items and no more.`,
    move: { up: (title: string) => `Move up: ${isolated(title)}`, down: (title: string) => `Move down: ${isolated(title)}` },
    remove: (title: string) => `Remove: ${isolated(title)}`,
    removed: (title: string) => `${isolated(title)} is removed.`,
    standsNow: (title: string, place: number, count: number) => `${isolated(title)} now stands at place ${place} of ${count}.`,
  },

  settings: {
    title: 'Settings',
    guests: 'Anyone with the link can watch',
    bothDevices: 'Co-hosts need camera and microphone',
    tags: 'Words to find it by',
    tagsHint: 'Up to 8, separated by commas.',
    saveTags: 'Save',
    groups: { show: 'Show', invitations: 'Who can be invited', requests: 'Requests to join' },
    invitees: {
      watchersOnly: 'Only people who watch now',
      requestersOnly: 'Only people who asked to join',
      mustBeReady: 'Only people whose camera and microphone are ready',
      minVersion: 'Oldest app version',
      minVersionHint: (own: string) => `Like 8.7.2; empty: any. Your app tells its version. For who watches on a page like this one it is ${own}.`,
    },
  },

  invitation: {
    status: {
      pending: 'Waiting for an answer',
      accepted: 'Accepted',
      rejected: 'Declined',
      cancelled: 'Cancelled',
      expired: 'No answer in time',
    } satisfies Record<InvitationStatus, string> as Record<InvitationStatus, string>,
    /** Accepted, but the host has taken the place back since, or the person off the stage. */
    revoked: 'Removed. No place on stage any more',
    /** Accepted, was on stage and went by themselves. */
    left: 'Left the stage',
    changed: (name: string, status: InvitationStatus): string =>
      ({
        pending: `Invitation sent to ${isolated(name)}.`,
        accepted: `${isolated(name)} accepted and is getting ready.`,
        rejected: `${isolated(name)} declined.`,
        cancelled: `The invitation for ${isolated(name)} is cancelled.`,
        expired: `${isolated(name)} did not answer in time.`,
      })[status],
    secondsLeft: (seconds: number) => `${seconds} s`,
    title: (host: string) => `${isolated(host)} invites you on stage`,
    lead: (title: string) => `Co-host “${isolated(title)}” with camera and microphone.`,
    accept: 'Accept',
    decline: 'Decline',
    timeLeft: (seconds: number) => `${seconds} seconds left to answer`,
    gone: (status: InvitationStatus): string =>
      status === 'cancelled' ? 'The host took the invitation back.' : 'The invitation has expired.',
  },

  account: {
    open: 'Invitations and blocked people',
    takesNoneShort: 'You take no invitations',
    takesInvitations: 'Others may invite me on stage',
    takesNone: 'Nobody can invite you at the moment. Hosts see that you take no invitations.',
    blocked: 'Blocked people',
    nobodyBlocked: 'You have blocked nobody. When somebody invites you, the menu beside the invitation lets you block them.',
    since: (time: Date) => `since ${time.toLocaleDateString(messages.language, { day: 'numeric', month: 'long', year: 'numeric' })}`,
    unblock: 'Unblock',
    unblockName: (name: string) => `Unblock ${isolated(name)}`,
    more: 'Show more',
    fromInvitation: {
      more: (name: string) => `More about the invitation from ${isolated(name)}`,
      block: (name: string) => `Decline and block ${isolated(name)}`,
      takeNone: 'Decline and take no invitations',
      blocked: (name: string) => `${isolated(name)} cannot invite you any more. You can change that at the top, behind your name.`,
      takesNone: 'Nobody can invite you now. You can change that at the top, behind your name.',
    },
  },

  inviting: {
    showOlder: 'Show older',
    hideOlder: 'Hide older',
    older: 'Older invitations',
    noOlder: 'There are no older invitations.',
    moreOlder: 'Show more',
    sentAt: (time: Date) => time.toLocaleString(messages.language, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' }),
    again: (time: string) => `can be invited again in ${time}`,
    choose: 'Choose several',
    stopChoosing: 'Stop choosing',
    chooseName: (name: string) => `Choose ${isolated(name)}`,
    nobodyChosen: (most: number) => `Choose up to ${most} people.`,
    full: (most: number, names: string) => `${names}. More than ${most} cannot be invited at once.`,
    send: (count: number) => (count === 0 ? 'Invite' : `Invite ${count}`),
    invited: 'Invited',
    answers: (invited: number, all: number) => (invited === all ? `${people(invited)} invited` : `${invited} of ${all} invited`),
  },

  requests: {
    title: (count: number) => (count === 0 ? 'Requests to join' : `Requests to join (${count})`),
    none: 'Viewers who ask to come on stage appear here.',
    closedHint: 'Nobody can ask at the moment.',
    open: 'Viewers may ask to join',
    newFaces: 'New faces first',
    came: (name: string) => `${isolated(name)} asks to join.`,
    waiting: (milliseconds: number) => {
      const minutes = Math.floor(Math.max(0, milliseconds) / 60_000);
      return minutes === 0 ? 'just now' : `for ${minutes} min`;
    },
    appearances: (count: number) => (count === 1 ? 'was on stage before' : `was on stage ${count} times`),
    decline: 'Decline',
    declineName: (name: string) => `Decline ${isolated(name)}`,
    declineTitle: (name: string) => `Decline the request of ${isolated(name)}?`,
    declineLead: 'They go on watching and may ask again a little later.',
    reason: 'Reason (they read it)',
    ask: 'Ask to join',
    comment: 'What would you like to say or show?',
    commentHint: 'The host reads this beside your name. You may leave it empty.',
    send: 'Ask to join',
    save: 'Save',
    asked: 'You asked to join',
    place: (place: number) => (place === 1 ? 'You are next in the queue.' : `You are number ${place} in the queue.`),
    withdraw: 'Withdraw',
    change: 'Change what you said',
    declined: (reason: string | undefined) => (reason ? `The host declined: ${isolated(reason)}` : 'The host declined for now.'),
    expired: 'Nobody answered your request. You may ask again.',
  },

  coHost: {
    preparingTitle: 'Preparing to go live',
    preparingLead: 'Check your picture and sound. Nobody sees you until you join.',
    waitForHost: 'The show has not started yet. You can join as soon as the host is live.',
    needsBoth: 'To join, the browser must allow your camera and your microphone. You may switch them off again.',
    oneIsEnough: 'Your camera or your microphone alone is enough to join.',
    join: 'Join the stage',
    joining: 'Joining…',
    notNow: 'Not now',
    leave: 'Leave stage',
    leaveTitle: 'Leave the stage?',
    leaveLead: 'Your picture and sound end. The show goes on, and you keep watching.',
    leaveConfirm: 'Leave stage',
    leaving: 'Leaving…',
    joined: 'You are on stage.',
    left: 'You left the stage.',
    placeTakenBack: 'The host has taken your place on stage back. You are watching.',
    removed: 'The host took you off the stage. You are watching now.',
    timedOut: 'Your connection was gone for too long, so your seat was given back.',
    acceptedTitle: 'You have a place on stage',
    rejoin: 'Get ready',
  },

  leaving: {
    host: {
      title: 'Go off the air?',
      lead: (seconds: number) => `Your picture and sound end at once. Your viewers wait for you for ${seconds} seconds; then the show is over.`,
    },
    coHost: {
      title: 'Go off the air?',
      lead: (seconds: number) => `Your picture and sound end at once. Your place on stage is kept for ${seconds} seconds.`,
    },
    stay: 'Stay on air',
    go: 'Leave this page',
  },
  returning: {
    host: {
      title: 'Your show is running',
      lead: (title: string) => `“${isolated(title)}” waits for you.`,
      go: 'Return to your show',
    },
    coHost: {
      title: 'Your place on stage is kept',
      lead: (title: string) => `“${isolated(title)}” goes on. Come back before your place is given away.`,
      go: 'Return to the stage',
    },
  },

  stage: stageMessages,
  chat: chatMessages,

  unsteady: {
    mine: 'Your connection drops again and again. Your picture is sent smaller so that it holds.',
    sendFull: 'Send full picture again',
    other: 'Keeps dropping: smaller picture',
  },

  placing: {
    standsNow: (name: string, place: number, count: number) => `${isolated(name)} now stands at place ${place} of ${count}.`,
  },

  sharing: {
    start: 'Share your screen',
    of: (name: string) => `${isolated(name)}’s screen`,
    mine: 'Your screen',
    mineUnseen: 'You share your whole screen. Others see it; here it would only show itself.',
    menu: (label: string) => `What to do about this: ${label}`,
    stopOther: 'Stop sharing',
    somebody: 'The host',
    switchedOff: {
      screen: (name: string) => `${isolated(name)} stopped your screen share.`,
      camera: (name: string) => `${isolated(name)} turned your camera off.`,
      microphone: (name: string) => `${isolated(name)} muted you.`,
    },
  },

  diagnosis: {
    button: 'Problem?',
    buttonFor: (name: string) => `Problem with ${isolated(name)}?`,
    mine: 'What is in the way?',
    about: (name: string) => `What is the matter with ${isolated(name)}?`,
    looking: 'Looking…',
    again: 'Check again',
    acts: { invite: 'Invite', inviteAgain: 'Invite again', resend: 'Resend' },
    severity: { problem: 'Problem', warning: 'Warning', info: 'For your information' } as Record<LiveFinding['severity'], string>,
    at: (time: Date, isAhead: boolean): string => {
      const words = time.toLocaleTimeString(messages.language, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
      return isAhead ? `(until ${words})` : `(${words})`;
    },
    /** By code; anything else shows the sentence that the server sent. */
    words: {
      host: {},
      self: {
        token_expired: { detail: 'Your access has ended.', advice: 'Put a new link in at the top of this page.' },
      },
    } as Record<'host' | 'self', Record<string, { detail?: string; advice?: string }>>,
  },

  /** By code; anything else shows the sentence that the server sent. */
  errors: errorMessages,
};

/** Words for people; refusals of the server bring their own sentence. */
export function wordsFor(error: CostageError): string {
  const words = messages.errors[error.code] ?? (error.message || messages.errors['unexpected']!);
  const { retryAfterSeconds } = error;
  return retryAfterSeconds ? `${words} ${messages.retryIn(Math.ceil(retryAfterSeconds))}` : words;
}

export function wordsForConnection({ phase, result, error }: ConnectionReadiness): string {
  const { readiness } = messages;
  if (phase !== 'done') return readiness.checking;
  if (error || !result) return readiness.unknown;
  return result.grade === 'good' ? readiness.good : readiness.because(result.grade, result.reasons[0], result);
}

export type FindingReader = 'host' | 'self';

export function wordsForFinding({ code, detail, advice }: LiveFinding, reader: FindingReader): { detail: string; advice: string | undefined } {
  const words = messages.diagnosis.words[reader][code];
  return { detail: words?.detail ?? detail, advice: words?.advice ?? advice };
}
