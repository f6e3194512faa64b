import { useEffect } from 'react';

let title = '';
let news: string | undefined;

const show = (): void => {
  document.title = news ?? title;
};

/** The title of the browser's tab. */
export function useTitle(wanted: string): void {
  useEffect(() => {
    title = wanted;
    show();
  }, [wanted]);
}

/** Stands in its place while there is something that must not be missed. */
export function useTitleNews(wanted: string | undefined): void {
  useEffect(() => {
    news = wanted;
    show();
    return () => {
      news = undefined;
      show();
    };
  }, [wanted]);
}
