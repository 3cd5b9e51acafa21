/// The look of the pages, in light and dark.
enum Stylesheet {
    /// The style sheet served at `/assets/console.css`.
    static let text = """
        :root {
          color-scheme: light dark;
          --page: #f7f7f4; --card: #ffffff; --ink: #1d2329; --soft: #59636e; --line: #dcdfe0;
          --accent: #0b6b6b; --bar: #3f9a97; --good: #1f7a3d; --good-soft: #e3f3e7;
          --warn: #8a5300; --warn-soft: #fbefd9; --bad: #a8261f; --bad-soft: #fbe6e4;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --page: #14181b; --card: #1c2226; --ink: #e7ebee; --soft: #a3aeb8; --line: #323b42;
            --accent: #6fd0c9; --bar: #3f8f8a; --good: #7fd69a; --good-soft: #17331f;
            --warn: #f0bf6c; --warn-soft: #3a2c12; --bad: #ff9d94; --bad-soft: #41201e;
          }
        }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--page); color: var(--ink); font: 1rem/1.55 system-ui, sans-serif; }
        a { color: var(--accent); text-underline-offset: .18em; }
        :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 2px; }
        main:focus { outline: none; }
        code, pre { font: .92em/1.5 ui-monospace, monospace; overflow-wrap: anywhere; }
        pre { margin: .5rem 0; padding: .75rem 1rem; background: var(--page); border: 1px solid var(--line);
          border-radius: 6px; overflow-x: auto; white-space: pre-wrap; }
        small { color: var(--soft); font-weight: 400; }
        .skip { position: absolute; left: -99em; }
        .skip:focus { left: 1rem; top: 1rem; z-index: 1; padding: .5rem 1rem; background: var(--card); }
        .hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
        .bar { display: flex; flex-wrap: wrap; gap: .5rem 2rem; align-items: center; padding: .75rem clamp(1rem, 4vw, 3rem);
          background: var(--card); border-bottom: 1px solid var(--line); }
        .brand { display: inline-flex; gap: .5rem; align-items: center; color: var(--ink); font-weight: 650; text-decoration: none; }
        nav ul { display: flex; flex-wrap: wrap; gap: 1.25rem; margin: 0; padding: 0; list-style: none; }
        nav a { color: var(--soft); text-decoration: none; }
        nav a:hover { color: var(--ink); text-decoration: underline; }
        nav a[aria-current] { color: var(--ink); border-bottom: 2px solid var(--accent); padding-bottom: .2rem; }
        main { max-width: 76rem; margin: 0 auto; padding: 1.5rem clamp(1rem, 4vw, 3rem) 3rem; }
        h1 { margin: .5rem 0 1rem; font-size: 1.7rem; line-height: 1.2; }
        h2 { margin: 0 0 .75rem; font-size: 1.1rem; }
        section { margin: 1.25rem 0; padding: 1.1rem 1.25rem; background: var(--card); border: 1px solid var(--line); border-radius: 10px; }
        .columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(22rem, 100%), 1fr)); gap: 1.25rem; }
        .columns > section { margin: 0; }
        .lead { font-size: 1.15rem; color: var(--ink); }
        .crumb { margin: 0; }
        .empty { color: var(--soft); }
        .state { display: inline-block; margin: 0; padding: .35rem .8rem; border-radius: 999px; }
        .good { color: var(--good); } .warn { color: var(--warn); } .bad { color: var(--bad); }
        .state.good, .badge.good { background: var(--good-soft); }
        .state.warn, .badge.warn { background: var(--warn-soft); }
        .state.bad, .badge.bad { background: var(--bad-soft); }
        .badge { display: inline-block; padding: 0 .55rem; border-radius: 999px; background: var(--page); white-space: nowrap; }
        .figures { display: grid; grid-template-columns: repeat(auto-fill, minmax(11rem, 1fr)); gap: 1rem 1.5rem; margin: 0; }
        .figures dt { color: var(--soft); font-size: .9rem; }
        .figures dd { margin: 0; font-size: 1.5rem; font-weight: 600; font-variant-numeric: tabular-nums; }
        .figures small { display: block; font-size: .85rem; line-height: 1.3; }
        td code, tbody th, .badge { white-space: nowrap; }
        .facts { display: grid; grid-template-columns: minmax(7rem, max-content) 1fr; gap: .4rem 1.25rem; margin: 0; }
        .facts dt { color: var(--soft); } .facts dd { margin: 0; overflow-wrap: anywhere; }
        .bars, .pointers { margin: 0; padding: 0; list-style: none; }
        .bars li { display: grid; grid-template-columns: 1fr auto; gap: 0 1rem; padding: .3rem 0; overflow-wrap: anywhere; }
        .bars svg { grid-column: 1 / -1; width: 100%; height: 4px; background: var(--page); border-radius: 2px; }
        .bars rect { fill: var(--bar); }
        .chart { display: block; width: 100%; height: 9rem; border-bottom: 1px solid var(--line); }
        .chart .conflict, .key .conflict { fill: var(--bar); } .chart .error, .key .error { fill: var(--bad); }
        .axis { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 1.5rem; margin: .3rem 0 .8rem; color: var(--soft); font-size: .9rem; }
        .key { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; margin: 0 0 .5rem; padding: 0; list-style: none; }
        .key svg { width: .8rem; height: .8rem; margin-right: .4rem; }
        summary { cursor: pointer; color: var(--accent); }
        .advice { margin: 0; padding-left: 1.25rem; }
        .advice li { margin: .5rem 0; overflow-wrap: anywhere; }
        .count, .number { font-variant-numeric: tabular-nums; }
        th.number, td.number { text-align: right; }
        .steps li { margin: .5rem 0; }
        .wide { overflow-x: auto; }
        table { width: 100%; border-collapse: collapse; }
        th, td { padding: .5rem .75rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; font-weight: 400; }
        thead th { color: var(--soft); font-size: .9rem; white-space: nowrap; }
        tbody tr:last-child > * { border-bottom: 0; }
        time { white-space: nowrap; font-variant-numeric: tabular-nums; }
        .filters { display: flex; flex-wrap: wrap; gap: .75rem 1rem; align-items: end; margin-bottom: 1rem; }
        .filters p { margin: 0; }
        label { display: block; color: var(--soft); font-size: .9rem; }
        input, select, button { min-height: 2.4rem; padding: .3rem .7rem; border: 1px solid var(--soft); border-radius: 6px;
          background: var(--card); color: var(--ink); font: inherit; }
        input { width: 11rem; }
        button { border-color: var(--accent); background: var(--accent); color: var(--card); font-weight: 600; cursor: pointer; }
        .pages { display: flex; gap: 1.5rem; margin: 1rem 0; }
        .foot { padding: 1rem clamp(1rem, 4vw, 3rem) 2rem; color: var(--soft); font-size: .9rem; text-align: center; }
        @media print { .bar, .filters, .pages, .foot { display: none; } }

        """
}
