/// The overview: traffic, conflict rate, conflicts over time, hot resources, pairs, advice, upstream health.
enum OverviewTemplate {
    /// The page's own content, for ``OverviewPage``.
    static let body = state + AnalyticsTemplate.rates + bars + AnalyticsTemplate.pairsAndAdvice + tables

    private static let state = """
        <h1>Overview</h1>
        <p class="state {{stateClass}}" role="status"><strong>{{stateWord}}</strong> {{stateDetail}}</p>
        {{#hasTroubles}}
        <ul class="troubles">
        {{#troubles}}<li><strong>{{partName}}</strong> is {{partState}}. {{partDetail}}</li>
        {{/troubles}}
        </ul>
        {{/hasTroubles}}

        <section aria-labelledby="figures">
        <h2 id="figures">Since the start, {{uptime}} ago</h2>
        <dl class="figures">
        {{#figures}}<div><dt>{{label}}</dt><dd>{{value}}{{#note}} <small>{{note}}</small>{{/note}}</dd></div>
        {{/figures}}
        </dl>
        </section>

        """

    private static let bars = """
        <div class="columns">
        <section aria-labelledby="hot">
        <h2 id="hot">Hot resources <small>last 24 hours</small></h2>
        {{^hasHot}}<p class="empty">No conflicts in the last 24 hours.</p>{{/hasHot}}
        {{#hasHot}}<ol class="bars">
        {{#hot}}<li><a href="{{link}}">{{name}}</a> <span class="count">{{count}}</span>
        <svg aria-hidden="true" viewBox="0 0 100 4" preserveAspectRatio="none"><rect width="{{share}}" height="4"/></svg></li>
        {{/hot}}
        </ol>{{/hasHot}}
        </section>

        <section aria-labelledby="kinds">
        <h2 id="kinds">Kinds of conflict <small>last 24 hours</small></h2>
        {{^hasKinds}}<p class="empty">None.</p>{{/hasKinds}}
        {{#hasKinds}}<ol class="bars">
        {{#kinds}}<li><a href="{{link}}">{{name}}</a> <span class="count">{{count}}</span>
        <svg aria-hidden="true" viewBox="0 0 100 4" preserveAspectRatio="none"><rect width="{{share}}" height="4"/></svg></li>
        {{/kinds}}
        </ol>{{/hasKinds}}
        </section>
        </div>

        """

    private static let tables = """
        {{#journalTrouble}}<p class="state bad">{{journalTrouble}}</p>{{/journalTrouble}}

        <section aria-labelledby="routes">
        <h2 id="routes">Routes</h2>
        {{^hasRoutes}}<p class="empty">No route is configured.</p>{{/hasRoutes}}
        {{#hasRoutes}}<div class="wide" role="region" aria-labelledby="routes" tabindex="0"><table>
        <thead><tr><th scope="col">Route</th><th scope="col" class="number">Requests</th>
        <th scope="col" class="number">Server errors</th><th scope="col" class="number">Conflicts</th>
        <th scope="col" class="number">Conflict rate</th><th scope="col" class="number">Median</th>
        <th scope="col" class="number">99 %</th><th scope="col" class="number">Writes waiting</th></tr></thead>
        <tbody>
        {{#routes}}<tr><th scope="row"><a href="{{link}}">{{name}}</a></th><td class="number">{{requests}}</td>
        <td class="number">{{errors}}</td><td class="number">{{conflicts}}</td><td class="number">{{rate}}</td>
        <td class="number">{{median}}</td><td class="number">{{slow}}</td><td class="number">{{waiting}}</td></tr>
        {{/routes}}
        </tbody></table></div>{{/hasRoutes}}
        </section>

        <section aria-labelledby="upstreams">
        <h2 id="upstreams">Upstreams</h2>
        {{^hasTargets}}<p class="empty">No upstream is configured.</p>{{/hasTargets}}
        {{#hasTargets}}<div class="wide" role="region" aria-labelledby="upstreams" tabindex="0"><table>
        <thead><tr><th scope="col">Upstream</th><th scope="col">Target</th><th scope="col">State</th>
        <th scope="col" class="number">Weight</th><th scope="col" class="number">Running</th>
        <th scope="col" class="number">Requests</th><th scope="col" class="number">Failures</th></tr></thead>
        <tbody>
        {{#targets}}<tr><th scope="row">{{upstreamName}}</th><td><code>{{url}}</code></td>
        <td><span class="badge {{badge}}">{{state}}</span>{{#trouble}}<br><small>{{trouble}}</small>{{/trouble}}</td>
        <td class="number">{{weight}}</td><td class="number">{{running}}</td><td class="number">{{sent}}</td>
        <td class="number">{{failed}}</td></tr>
        {{/targets}}
        </tbody></table></div>{{/hasTargets}}
        </section>

        <section aria-labelledby="configuration">
        <h2 id="configuration">Configuration</h2>
        <dl class="facts">
        <dt>Source</dt><dd><code>{{source}}</code></dd>
        <dt>Digest</dt><dd><code>{{digest}}</code></dd>
        <dt>Loaded</dt><dd><time datetime="{{loadedAt}}">{{loadedText}}</time></dd>
        <dt>Version</dt><dd>{{version}}</dd>
        {{#configurationError}}<dt>Last refusal</dt><dd class="bad">{{configurationError}}</dd>{{/configurationError}}
        </dl>
        </section>
        """
}
