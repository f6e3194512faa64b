import { useEffect, useRef, useState, type ReactElement } from 'react';
import { IconButton } from '../base/button.js';
import { Name } from '../base/name.js';
import { plain } from '../base/names.js';
import { messages } from '../words/messages.js';

/** Two lines of it; the rest of a long one behind a button. */
export function RoomTitle({ title }: { title: string }): ReactElement {
  const [isWhole, setWhole] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  const isLonger = useIsCut(heading, title, isWhole);
  return (
    <div className="cs-room-title">
      <h1 ref={heading} data-testid="room-title" data-whole={isWhole} title={plain(title)}>
        <Name>{title}</Name>
      </h1>
      {(isLonger || isWhole) && (
        <IconButton
          icon={isWhole ? 'up' : 'chevron'}
          label={messages.stage.wholeTitle}
          aria-expanded={isWhole}
          onPress={() => setWhole(!isWhole)}
          data-testid="whole-title"
        />
      )}
    </div>
  );
}

/** Whether there is more than is seen. */
function useIsCut(heading: { current: HTMLElement | null }, title: string, isWhole: boolean): boolean {
  const [isCut, setCut] = useState(false);
  useEffect(() => {
    const element = heading.current;
    if (!element) return;
    const look = (): void => setCut(element.scrollHeight > element.clientHeight + 1);
    const sizes = new ResizeObserver(look);
    sizes.observe(element);
    look();
    return () => sizes.disconnect();
  }, [heading, title, isWhole]);
  return isCut;
}
