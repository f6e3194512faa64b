export const app = {
  brand: 'costage',
  loading: 'One moment…',
  close: 'Close',
  cancel: 'Cancel',
  choose: 'Choose…',
  tryAgain: 'Try again',
  retryIn: 'Try again in {seconds, number} s.',
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
    timeLeft: '{seconds, plural, one {# second left} other {# seconds left}}',
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
    mediaAway: 'Sound and video are away for the moment.',
    mediaAwayLead: 'The media server does not answer. Chat, invitations and requests go on; the picture comes back by itself.',
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
    planned: 'Planned',
    filter: 'Show only',
    emptyTitle: 'No show is on',
    emptyLead: 'Start the first one, or come back later: new shows appear here by themselves.',
    hostedBy: 'with {name}',
    watch: 'Watch',
    open: 'Open',
    signedInAs: 'Signed in as {name}',
  },

  unknown: {
    title: 'There is no such page',
    lead: 'The address may be wrong.',
  },

  discard: {
    go: 'Delete show',
    of: 'Delete “{title}”',
    title: 'Delete “{title}”?',
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
  },

  account: {
    language: 'Language',
    notify: 'Tell me of invitations also while I look elsewhere',
    notifyBlocked: 'The browser does not let this page do that. Allow notifications at the sign beside the address.',
    open: 'Invitations, blocked people and language',
    takesNoneShort: 'You take no invitations',
    takesInvitations: 'Others may invite me on stage',
    takesNone: 'Nobody can invite you at the moment. Hosts see that you take no invitations.',
    blocked: 'Blocked people',
    nobodyBlocked: 'You have blocked nobody. When somebody invites you, the menu beside the invitation lets you block them.',
    since: 'since {time}',
    unblock: 'Unblock',
    unblockName: 'Unblock {name}',
    more: 'Show more',
    fromInvitation: {
      more: 'More about the invitation from {name}',
      block: 'Decline and block {name}',
      takeNone: 'Decline and take no invitations',
      blocked: '{name} cannot invite you any more. You can change that at the top, behind your name.',
      takesNone: 'Nobody can invite you now. You can change that at the top, behind your name.',
    },
  },

  leaving: {
    host: {
      title: 'Go off the air?',
      lead: 'Your picture and sound end at once. Your viewers wait for you for {seconds, number} seconds; then the show is over.',
    },
    coHost: {
      title: 'Go off the air?',
      lead: 'Your picture and sound end at once. Your place on stage is kept for {seconds, number} seconds.',
    },
    stay: 'Stay on air',
    go: 'Leave this page',
  },

  returning: {
    host: {
      title: 'Your show is running',
      lead: '“{title}” waits for you.',
      go: 'Return to your show',
    },
    coHost: {
      title: 'Your place on stage is kept',
      lead: '“{title}” goes on. Come back before your place is given away.',
      go: 'Return to the stage',
    },
  },
} as const;
