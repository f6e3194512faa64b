import { useAction, useSession } from '@costage/react';
import type { BatchAnswer, CostageError, RoomHandle } from '@costage/sdk';
import { useState } from 'react';
import { retryAtOf } from './inviting.js';

/** As many as the server invites in one go. */
export const kMostAtOnce = 10;

/** What became of one of them. */
export interface SeveralAnswer extends BatchAnswer {
  name: string;
  /** Of the server's time. */
  retryAt: number | undefined;
}

export interface Several {
  isChoosing: boolean;
  /** Names by user id. Who is chosen stays so while a search shows others. */
  chosen: ReadonlyMap<string, string>;
  isFull: boolean;
  busy: boolean;
  problem: CostageError | undefined;
  answers: readonly SeveralAnswer[] | undefined;
  start: () => void;
  stop: () => void;
  choose: (userIds: readonly string[], nameOf: (userId: string) => string) => void;
  /** Resolves with whether there are answers. */
  invite: () => Promise<boolean>;
  closeAnswers: () => void;
}

const kNobody: ReadonlyMap<string, string> = new Map();

/** Choosing several people and inviting them in one go; each is answered for themselves. */
export function useSeveral(room: RoomHandle): Several {
  const { clock } = useSession().client;
  const [isChoosing, setChoosing] = useState(false);
  const [chosen, setChosen] = useState(kNobody);
  const [answers, setAnswers] = useState<readonly SeveralAnswer[]>();
  const action = useAction();
  const turn = (on: boolean): void => {
    setChoosing(on);
    setChosen(kNobody);
    setAnswers(undefined);
    action.clear();
  };
  const send = async (): Promise<void> => {
    const answered = await room.invitations.createMany([...chosen.keys()]);
    turn(false);
    const now = clock.now();
    setAnswers(answered.map((one) => ({ ...one, name: chosen.get(one.userId) ?? one.userId, retryAt: one.error && retryAtOf(one.error, now) })));
  };
  return {
    isChoosing,
    chosen,
    isFull: chosen.size >= kMostAtOnce,
    busy: action.busy,
    problem: action.error,
    answers,
    start: () => turn(true),
    stop: () => turn(false),
    choose: (userIds, nameOf) => setChosen(new Map(userIds.slice(0, kMostAtOnce).map((id) => [id, chosen.get(id) ?? nameOf(id)]))),
    invite: () => action.run(send),
    closeAnswers: () => setAnswers(undefined),
  };
}
