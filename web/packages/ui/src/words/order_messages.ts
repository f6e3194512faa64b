import { isolated } from '../base/names.js';

const messagesWait = (count: number): string => (count === 1 ? '1 message waits for review' : `${count} messages wait for review`);
const reportsWait = (count: number): string => (count === 1 ? '1 report waits' : `${count} reports wait`);

/** The words of who keeps order. Times are what is left, as `1:05`. */
export const orderMessages = {
  open: 'Keep order',
  openWaiting: (count: number) => (count === 1 ? 'Keep order, 1 waits' : `Keep order, ${count} wait`),
  title: 'Keep order',
  lead: 'Only the host and who moderates see this.',
  waiting: (held: number, reports: number) => [...(held > 0 ? [messagesWait(held)] : []), ...(reports > 0 ? [reportsWait(reports)] : [])].join(', '),
  parts: { held: 'Review', reports: 'Reports', people: 'People', words: 'Words' },
  about: (name: string) => `What to do about ${isolated(name)}`,

  held: {
    title: 'Messages that wait for review',
    none: 'No message waits. What holds a listed word comes here before others see it.',
    show: 'Show',
    showOf: (name: string) => `Show the message of ${isolated(name)} to everybody`,
    refuse: 'Refuse',
    refuseOf: (name: string) => `Refuse the message of ${isolated(name)}`,
  },
  reports: {
    title: 'Reported messages',
    none: 'Nobody has reported anything.',
    by: (reason: string, name: string) => `${reason}, reported by ${isolated(name)}`,
    removed: 'The message was removed.',
    remove: 'Remove message',
    removeOf: (name: string) => `Remove message of ${isolated(name)} for everybody`,
    settle: 'Settled',
    settleOf: (name: string) => `Settled: the report about ${isolated(name)}`,
  },
  people: {
    title: 'Moderators, muted and banned people',
    none: 'Nobody is muted or banned, and there are no moderators.',
    moderator: 'Moderator',
    muted: (time: string | undefined) => (time === undefined ? 'Muted to the end of the show' : `Muted for another ${time}`),
    banned: 'Banned',
    reason: (reason: string) => `Reason: ${isolated(reason)}`,
    unmute: 'Let write again',
    unmuteOf: (name: string) => `Let write again: ${isolated(name)}`,
    unban: 'Let in again',
    unbanOf: (name: string) => `Let in again: ${isolated(name)}`,
    dismiss: 'Dismiss',
    dismissOf: (name: string) => `Dismiss ${isolated(name)}`,
  },
  words: {
    title: 'Words of this show',
    lead: 'Messages that hold one wait for review, or are refused. Whole words are found, whatever their case, accents, look-alike letters and spaces between.',
    none: 'No words yet.',
    word: 'Word',
    wordHint: 'A * at the end finds beginnings.',
    action: 'Messages with it are',
    actions: { hold: 'held', refuse: 'refused' },
    add: 'Add',
    added: (word: string) => `${word} is added, not saved yet.`,
    remove: (word: string) => `Take ${word} out of the list`,
    removed: (word: string) => `${word} is taken out, not saved yet.`,
    links: 'Messages with links are',
    linksOf: { allow: 'allowed', hold: 'held for review', refuse: 'refused' },
    save: 'Save',
    saved: 'The words are saved.',
    drop: 'Undo changes',
  },
};
