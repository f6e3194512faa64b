import { useState, type ReactElement } from 'react';
import { messages } from '../words/messages.js';
import { IconButton } from './button.js';

interface Props {
  text: string;
  label: string;
  testId: string;
}

/** Says by itself what became of it: notices are not heard behind a dialog. */
export function CopyButton({ text, label, testId }: Props): ReactElement {
  const [copied, setCopied] = useState<string>();
  const [isRefused, setRefused] = useState(false);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(text);
    } catch {
      // No clipboard on insecure pages.
      setRefused(true);
    }
  };
  const isCopied = copied === text;
  return (
    <>
      <IconButton icon={isCopied ? 'check' : 'copy'} label={label} onPress={() => void copy()} data-testid={testId} />
      <span className={isRefused ? 'cs-copy-refused' : 'cs-sr-only'} role="status">{isRefused ? messages.software.notCopied : isCopied && messages.software.copied}</span>
    </>
  );
}
