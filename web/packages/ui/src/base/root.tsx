import { createContext, useContext, useEffect, useState, type ReactElement, type ReactNode } from 'react';
import { UNSAFE_PortalProvider } from 'react-aria';
import { languages, type Language } from '../words/languages.js';
import { LanguageProvider, useLanguage } from '../words/language_provider.js';
import { FocusKeeper } from './focus_keeper.js';
import { Notices } from './notices.js';

const IsInside = createContext(false);

export interface CostageRootProps {
  /** One for the page. Without, the one that `speak` was told: English at first. */
  language?: Language | undefined;
  /** Without, as the system has it. */
  theme?: 'light' | 'dark' | undefined;
  /** The whole page is costage's: it shows in a place of its own what is said in passing. */
  isPage?: boolean;
  children: ReactNode;
}

/**
 * Where costage's parts stand in a page: their styles hold in here only, their dialogs open in here, the focus and what is said in
 * passing are looked after. Each part brings one; put it around several, or to choose language and theme.
 */
export function CostageRoot(props: CostageRootProps): ReactElement {
  return useContext(IsInside) ? <>{props.children}</> : <Outermost {...props} />;
}

function Outermost({ language, theme, isPage = false, children }: CostageRootProps): ReactElement {
  const [box, setBox] = useState<HTMLElement | null>(null);
  const spoken = useLanguage();
  useEffect(() => (box ? new FocusKeeper(document, box).start() : undefined), [box]);
  return (
    <IsInside value>
      <div ref={setBox} className="cs-root" lang={spoken} dir={languages[spoken].direction} data-theme={theme} data-page={isPage || undefined}>
        {/* What is not in the element that fills the screen is not seen then. */}
        <UNSAFE_PortalProvider getContainer={() => (document.fullscreenElement instanceof HTMLElement ? document.fullscreenElement : box)}>
          <LanguageProvider language={language}>
            {!isPage && <Notices />}
            {children}
          </LanguageProvider>
        </UNSAFE_PortalProvider>
      </div>
    </IsInside>
  );
}
