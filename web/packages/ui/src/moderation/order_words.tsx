import { useEffect, useRef, useState, type FormEvent, type ReactElement, type RefObject } from 'react';
import { focusHome } from '../base/focus_keeper.js';
import { messages as allWords } from '../words/messages.js';
import { Button, IconButton } from '../base/button.js';
import { Choice, Text } from '../base/field.js';
import { Problem } from '../base/problem.js';
import type { EditedWords } from './use_word_list.js';
import { linkRuleOf, withAction, withLinkRule, withoutWord, withWord, type LinkRule, type WordAction } from './word_list.js';

const kMostWord = 100;
const kLinkRules: LinkRule[] = ['allow', 'hold', 'refuse'];

/** Which words and links of a message hold it for review, or refuse it. */
export function OrderWords({ edited }: { edited: EditedWords }): ReactElement {
  const words = allWords.order.words;
  const { list, loading, saving, isChanged, load, edit, drop, save } = edited;
  const [said, setSaid] = useState('');
  const input = useRef<HTMLInputElement>(null);
  useEffect(load, []);
  const saveAll = async (): Promise<void> => {
    if (await save()) setSaid(words.saved);
  };
  return (
    <>
      <h3 {...focusHome}>{words.title}</h3>
      <p className="cs-hint">{words.lead}</p>
      <Problem error={loading.error} onRetry={load} />
      {!list && loading.busy && <p className="cs-hint" role="status">{allWords.loading}</p>}
      {list && (
        <>
          <NewWord input={input} onAdd={(text, action) => {
            edit((before) => withWord(before, text, action));
            setSaid(words.added({ word: text }));
          }} />
          <Listed edited={edited} onRemoved={(text) => {
            setSaid(words.removed({ word: text }));
            input.current?.focus();
          }} />
          <Choice label={words.links} options={kLinkRules.map((id) => ({ id, name: words.linksOf[id] }))} value={linkRuleOf(list)} onChange={(id) => edit((before) => withLinkRule(before, id as LinkRule))} testId="words-links" />
          <Problem error={saving.error} />
          <div className="cs-actions">
            <span className="cs-hint cs-order-said" role="status" data-testid="words-said">{said}</span>
            {isChanged && <Button small tone="quiet" onPress={drop} data-testid="words-drop">{words.drop}</Button>}
            {/* Never off: it would let go of the focus as soon as it is done. */}
            <Button small tone="primary" onPress={() => void saveAll()} data-testid="words-save">{words.save}</Button>
          </div>
        </>
      )}
    </>
  );
}

function actionOptions(): { id: WordAction; name: string }[] {
  const { actions } = allWords.order.words;
  return [{ id: 'hold', name: actions.hold }, { id: 'refuse', name: actions.refuse }];
}

function NewWord({ input, onAdd }: { input: RefObject<HTMLInputElement | null>; onAdd: (text: string, action: WordAction) => void }): ReactElement {
  const words = allWords.order.words;
  const [text, setText] = useState('');
  const [action, setAction] = useState<WordAction>('hold');
  const word = text.trim();
  const add = (event: FormEvent): void => {
    event.preventDefault();
    if (word === '') return;
    onAdd(word, action);
    setText('');
    input.current?.focus();
  };
  return (
    <form className="cs-order-new-word" onSubmit={add}>
      <Text label={words.word} description={words.wordHint} value={text} onChange={setText} maxLength={kMostWord} inputRef={input} testId="words-new" />
      <Choice label={words.action} options={actionOptions()} value={action} onChange={(id) => setAction(id as WordAction)} testId="words-new-action" />
      <Button small type="submit" isDisabled={word === ''} data-testid="words-add">{words.add}</Button>
    </form>
  );
}

function Listed({ edited, onRemoved }: { edited: EditedWords; onRemoved: (text: string) => void }): ReactElement {
  const words = allWords.order.words;
  const { list, edit } = edited;
  const options = actionOptions();
  if (!list || list.words.length === 0) return <p className="cs-hint">{words.none}</p>;
  return (
    <ul className="cs-rows cs-order-words" aria-label={words.title}>
      {list.words.map(({ text, action }, at) => (
        <li key={text} className="cs-order-word" data-testid={`word-${text}`}>
          <Choice label={`\u2068${text}\u2069`} options={options} value={action} onChange={(id) => edit((before) => withAction(before, at, id as WordAction))} testId={`word-action-${text}`} />
          <IconButton icon="close" label={words.remove({ word: text })} data-testid={`word-remove-${text}`} onPress={() => {
            edit((before) => withoutWord(before, at));
            onRemoved(text);
          }} />
        </li>
      ))}
    </ul>
  );
}
