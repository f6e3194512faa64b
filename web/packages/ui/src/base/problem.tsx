import type { CostageError } from '@costage/sdk';
import type { ReactElement } from 'react';
import { messages, wordsFor } from '../words/messages.js';
import { Button, CloseButton } from './button.js';

interface Props {
  error: CostageError | undefined;
  onRetry?: (() => void) | undefined;
  /** Where it can be left as it is. */
  onClose?: (() => void) | undefined;
}

/** A failure in words. Screen readers hear it at once. */
export function Problem({ error, onRetry, onClose }: Props): ReactElement | null {
  if (!error) return null;
  return (
    <div className="cs-problem" role="alert" data-testid="problem" data-code={error.code}>
      <p>{wordsFor(error)}</p>
      {onRetry && (
        <Button small onPress={onRetry}>
          {messages.tryAgain}
        </Button>
      )}
      {onClose && <CloseButton onPress={onClose} />}
    </div>
  );
}
