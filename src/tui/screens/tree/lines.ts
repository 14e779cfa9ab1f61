/** The tree as lines: revisions and detail beside each other, or one of them where there is no room. */
import { counted } from '../../../present/text-width.js'
import type { Part } from '../../draw/line.js'
import { fitLine, piece, spreadLine } from '../../draw/line.js'
import { besideEachOther, innerWidth, paneLines } from '../../draw/pane.js'
import { placeText } from '../../draw/scroll.js'
import type { View } from '../../draw/view.js'
import { wrapped } from '../../draw/overlay.js'
import { shortId } from '../../draw/words.js'
import { DETAIL_HEAD, layoutOf } from '../../layout.js'
import type { AppState, DetailTab } from '../../state.js'
import { DETAIL_TABS } from '../../state.js'
import { fieldLine } from '../../draw/field-line.js'
import { detailHead, detailLines, failureLines } from './detail-lines.js'
import { isWithoutProject } from './keys.js'
import { rowLines } from './row-lines.js'
import { selectedIndex, selectedRevision, treeRows, wordsOf } from './rows.js'
import { syntaxProblem } from './syntax.js'

/** The body of the tree: `bodyRows` lines of the whole width. */
export function treeLines(view: View): readonly string[] {
  const { app } = view
  const layout = layoutOf(app)
  if (layout.isWide && !app.tree.isZoomed) {
    return besideEachOther([
      revisionsPane(view, layout.leftWidth, layout.bodyRows),
      detailPane(view, layout.rightWidth, layout.bodyRows),
    ])
  }
  if (layout.isWide) {
    return app.tree.focus === 'detail'
      ? detailPane(view, app.size.columns, layout.bodyRows)
      : revisionsPane(view, app.size.columns, layout.bodyRows)
  }
  return narrowLines(view, layout.bodyRows)
}

function revisionsPane(view: View, width: number, height: number): readonly string[] {
  const { app, theme } = view
  const count = treeRows(app).length
  const isFiltered = app.tree.field !== null || app.tree.filter !== ''
  const title: readonly Part[] =
    app.tree.field === null
      ? [
          `Revisions ${placeText(selectedIndex(app), count)}`.trimEnd(),
          ...(isFiltered ? [piece(` /${app.tree.filter}`, theme.warn)] : []),
        ]
      : fieldLine(app.tree.field, { label: '/', width: width - 8 }, theme)
  const inner = { width: width - 2, height: height - 2 }
  return paneLines(
    {
      title,
      foot: '',
      lines: count === 0 ? emptyLines(view, inner.width) : rowLines(view, inner),
      isActive: app.tree.focus === 'revisions',
      width,
      height,
    },
    theme,
  )
}

/** What to do first, where there is no revision, or none that matches. */
function emptyLines(view: View, width: number): readonly string[] {
  const { app, theme } = view
  const { value, failure } = app.overview
  const say = (text: string): readonly string[] =>
    wrapped(text, width).map((line) => fitLine([line], width))
  if (isWithoutProject(app)) {
    return [
      ...say('No project here yet.'),
      ...say(''),
      ...say(
        'i sets one up in this folder: a configuration, and folders for models and migrations. Nothing that is there is touched.',
      ),
      ...say(''),
      ...say(`Looked in ${app.project.cwd} and upward for migrate-tui.config.* and knexfile.*.`),
      ...say(''),
      ...say('To try it first: migrate-tui --demo opens a practice project, removed afterwards.'),
    ]
  }
  if (failure !== null && value === null) {
    return failureLines(failure, width, theme).map((line) => fitLine(line, width))
  }
  if (value === null) return say('Reading the revisions …')
  if (app.tree.field !== null || app.tree.filter !== '')
    return say('No revision matches. esc shows all.')
  const { failure: uncompared } = app.comparison
  const modelless = uncompared?.code === 'MODELS_MISSING' ? uncompared : null
  return [
    ...say('No revision yet.'),
    ...say(''),
    ...(modelless === null
      ? []
      : [modelless.message, modelless.why, modelless.fix, ''].flatMap((text) => say(text ?? ''))),
    ...unreadTexts(app).flatMap(say),
    ...say(
      'g compares your models with the database, and writes the first revision from what differs.',
    ),
    ...say('n writes an empty one, D shows models and database side by side.'),
  ]
}

/** Why models are not compared, where nothing else on the screen says it: the first, and how to go on. */
function unreadTexts({ comparison }: AppState): readonly string[] {
  const failures = comparison.value?.failures ?? []
  const [first] = failures
  if (first === undefined) return []
  const { file, reason } = first
  const more = failures.length > 1 ? ' D shows the others.' : ''
  return [
    `${counted(failures.length, 'model')} could not be read.`,
    `${file}: ${reason}`,
    `Saving the file compares again, r does after anything else.${more}`,
    '',
  ]
}

function detailPane(view: View, width: number, height: number): readonly string[] {
  const { app, theme } = view
  const inner = innerWidth({ width })
  return paneLines(
    {
      title: selectedRevision(app) === null ? ['Detail'] : tabParts(view),
      foot: '',
      lines: [
        ...detailHead(view, inner),
        ...detailLines(view, { width: inner, height: height - 2 - DETAIL_HEAD }),
      ],
      isActive: app.tree.focus === 'detail',
      width,
      height,
    },
    theme,
  )
}

const TAB_WORDS: Readonly<Record<DetailTab, string>> = {
  script: 'Script',
  sql: 'SQL',
  effect: 'Effect',
  info: 'Info',
}

function tabParts({ app, theme }: View): readonly Part[] {
  return DETAIL_TABS.flatMap((tab, index) => {
    const text = `${index + 1} ${TAB_WORDS[tab]}`
    const part = tab === app.tree.tab ? piece(`[${text}]`, theme.strong) : piece(text, theme.faint)
    return index === 0 ? [part] : ['  ', part]
  })
}

function narrowLines(view: View, height: number): readonly string[] {
  const { app, theme } = view
  const { columns } = app.size
  if (app.tree.focus === 'detail') {
    return [
      fitLine(['Revisions  ', ...tabParts(view)], columns),
      ...detailHead(view, columns),
      ...filled(
        detailLines(view, { width: columns, height: height - 1 - DETAIL_HEAD }),
        columns,
        height - 1 - DETAIL_HEAD,
      ),
    ]
  }
  const count = treeRows(app).length
  const tabs: readonly Part[] =
    app.tree.field === null
      ? [
          piece(`[${`Revisions ${placeText(selectedIndex(app), count)}`.trimEnd()}]`, theme.strong),
          ...(app.tree.filter === '' ? [] : [piece(` /${app.tree.filter}`, theme.warn)]),
          '  ',
          ...DETAIL_TABS.flatMap((tab, index) => [
            piece(`${index + 1} ${TAB_WORDS[tab]}`, theme.faint),
            '  ',
          ]),
        ]
      : fieldLine(app.tree.field, { label: '/', width: columns }, theme)
  const room = height - 3
  const rows =
    count === 0 ? emptyLines(view, columns) : rowLines(view, { width: columns, height: room })
  return [
    fitLine(tabs, columns),
    ...filled(rows, columns, room),
    theme.faint(theme.borders.across.repeat(columns)),
    summaryLine(view, columns),
  ]
}

/** The selected revision in one line, where its detail has no room. */
function summaryLine({ app, theme }: View, width: number): string {
  const revision = selectedRevision(app)
  if (revision === null) return ' '.repeat(width)
  return spreadLine(
    [piece(` ${shortId(revision.revision, app.idLength)} `, theme.name), revision.message],
    [
      ...(syntaxProblem(app, revision) === null ? [] : [piece('syntax error, ', theme.bad)]),
      piece(wordsOf(revision).join(', '), theme.faint),
    ],
    width,
  )
}

/** Exactly `height` lines. */
function filled(lines: readonly string[], width: number, height: number): readonly string[] {
  return Array.from(
    { length: Math.max(0, height) },
    (_, index) => lines[index] ?? ' '.repeat(width),
  )
}
