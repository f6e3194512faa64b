// What TypeDoc does not know of this site: the stories beside it, and how openapi-typescript writes its comments.
import { Converter, JSX, ReflectionKind } from 'typedoc';

/** @param {import('typedoc').Application} app */
export function load(app) {
  app.renderer.hooks.on('sidebar.begin', (context) =>
    JSX.createElement('p', null, JSX.createElement('a', { href: context.relativeURL('components/index.html') }, 'Components, to try out')),
  );
  // "@description" is the whole comment there, so it is the summary here.
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    for (const { comment } of project.getReflectionsByKind(ReflectionKind.All)) {
      if (!comment) continue;
      comment.summary.push(...(comment.getTag('@description')?.content ?? []));
      comment.removeTags('@description');
      comment.removeTags('@enum');
      comment.removeTags('@constant');
    }
  });
}
