/// The overview's sections on conflicts over the last day, for ``OverviewAnalytics``; left out when the journal cannot be read.
enum AnalyticsTemplate {
    /// Conflict rate against error rate, and both over time.
    static let rates = """
        {{#analytics}}
        <section aria-labelledby="rates">
        <h2 id="rates">Conflicts and errors <small>last 24 hours</small></h2>
        <dl class="figures">
        <div><dt>Conflict rate</dt><dd>{{conflictRate}} <small>{{collisions}} collided</small></dd></div>
        <div><dt>Error rate</dt><dd>{{errorRate}} <small>of requests; conflicts are no errors</small></dd></div>
        <div><dt>Attempts turned away</dt><dd>{{wasted}}</dd></div>
        <div><dt>Time spent waiting for turns</dt><dd>{{waited}}</dd></div>
        </dl>
        {{^hasSeries}}<p class="empty">Nothing has been counted in the last 24 hours.</p>{{/hasSeries}}
        {{#hasSeries}}{{#chart}}
        <h3 id="over-time">Over time <small>in steps of {{stepText}}; the tallest bar stands for {{tallest}}</small></h3>
        <ul class="key"><li><svg aria-hidden="true" viewBox="0 0 1 1"><rect class="conflict" width="1" height="1"/></svg>Writes that collided</li>
        <li><svg aria-hidden="true" viewBox="0 0 1 1"><rect class="error" width="1" height="1"/></svg>Errors</li></ul>
        <svg class="chart" role="img" aria-label="Collisions and errors over the last 24 hours; the table below has the numbers" viewBox="0 0 {{chartWidth}} 100" preserveAspectRatio="none">
        {{#columns}}<rect class="conflict" x="{{left}}" y="{{conflictTop}}" width="4" height="{{conflictHeight}}"/><rect class="error" x="{{middle}}" y="{{errorTop}}" width="4" height="{{errorHeight}}"/>
        {{/columns}}
        </svg>
        <p class="axis"><span>{{firstTime}}</span> <span>{{lastTime}}</span></p>
        <details><summary>The same as a table</summary>
        <div class="wide" role="region" aria-labelledby="over-time" tabindex="0"><table>
        <thead><tr><th scope="col">From</th><th scope="col" class="number">Requests</th><th scope="col" class="number">Writes</th>
        <th scope="col" class="number">Collided</th><th scope="col" class="number">Errors</th></tr></thead>
        <tbody>
        {{#lines}}<tr><th scope="row"><time datetime="{{moment}}">{{momentText}}</time></th><td class="number">{{lineRequests}}</td>
        <td class="number">{{lineWrites}}</td><td class="number">{{lineCollisions}}</td><td class="number">{{lineErrors}}</td></tr>
        {{/lines}}
        </tbody></table></div></details>
        {{/chart}}{{/hasSeries}}
        </section>
        {{/analytics}}

        """

    /// Who collides with whom, and what to change.
    static let pairsAndAdvice = """
        {{#analytics}}
        <div class="columns">
        <section aria-labelledby="pairs">
        <h2 id="pairs">Who collides with whom <small>last 24 hours</small></h2>
        {{^hasPairs}}<p class="empty">No two callers that are known by name.</p>{{/hasPairs}}
        {{#hasPairs}}<div class="wide" role="region" aria-labelledby="pairs" tabindex="0"><table>
        <thead><tr><th scope="col">Consumers</th><th scope="col">Route</th><th scope="col" class="number">Conflicts</th></tr></thead>
        <tbody>
        {{#pairs}}<tr><th scope="row">{{who}}</th><td><a href="{{pairLink}}">{{pairRoute}}</a></td><td class="number">{{pairCount}}</td></tr>
        {{/pairs}}
        </tbody></table></div>{{/hasPairs}}
        </section>

        <section aria-labelledby="advice">
        <h2 id="advice">Advice <small>from the last 24 hours</small></h2>
        {{^hasAdvice}}<p class="empty">Nothing stands out, or too little has happened to tell.</p>{{/hasAdvice}}
        {{#hasAdvice}}<ul class="advice">
        {{#advice}}<li><span class="badge">{{rule}}</span> {{adviceText}}{{#setting}}<br><code>{{setting}}</code>{{/setting}}</li>
        {{/advice}}
        </ul>{{/hasAdvice}}
        {{#sample}}<p class="empty">{{sample}}</p>{{/sample}}
        </section>
        </div>
        {{/analytics}}

        """
}
