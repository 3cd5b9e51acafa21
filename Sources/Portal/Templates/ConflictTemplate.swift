/// One conflict: who, when, which pointers, what to send next.
enum ConflictTemplate {
    /// The page's own content, for ``ConflictDetailPage``.
    static let body = """
        <p class="crumb"><a href="/conflicts">Conflicts</a></p>
        <h1>{{kindName}}</h1>
        <p class="lead">{{meaning}}.</p>
        <p>{{story}}</p>

        <div class="columns">
        <section aria-labelledby="request">
        <h2 id="request">The request</h2>
        <dl class="facts">
        <dt>When</dt><dd><time datetime="{{timestamp}}">{{timeText}}</time></dd>
        <dt>What</dt><dd><code>{{method}}</code> on <a href="{{resourceLink}}"><code>{{resourceName}}</code></a></dd>
        <dt>Who</dt><dd>{{who}}</dd>
        <dt>Route</dt><dd><a href="{{routeLink}}">{{routeName}}</a></dd>
        <dt>Answer</dt><dd>{{answer}}</dd>
        <dt>Outcome</dt><dd>{{outcome}}</dd>
        {{#yourVersion}}<dt>Its version</dt><dd><code>{{yourVersion}}</code></dd>{{/yourVersion}}
        {{#currentVersion}}<dt>Current version</dt><dd><code>{{currentVersion}}</code></dd>{{/currentVersion}}
        <dt>Request id</dt><dd><code>{{requestID}}</code></dd>
        <dt>Journal id</dt><dd><code>{{entryID}}</code></dd>
        </dl>
        </section>

        <section aria-labelledby="other">
        <h2 id="other">The other write</h2>
        {{^hasCompeting}}<p class="empty">Nothing is known of another write.</p>{{/hasCompeting}}
        {{#hasCompeting}}<dl class="facts">
        <dt>Who</dt><dd>{{rival}}</dd>
        {{#rivalTimestamp}}<dt>When</dt><dd><time datetime="{{rivalTimestamp}}">{{rivalTimeText}}</time></dd>{{/rivalTimestamp}}
        {{#rivalRequestID}}<dt>Request id</dt><dd><code>{{rivalRequestID}}</code></dd>{{/rivalRequestID}}
        <dt>Changed</dt><dd>{{^hasChanges}}not known{{/hasChanges}}{{#hasChanges}}<ul class="pointers">
        {{#changes}}<li><code>{{.}}</code></li>
        {{/changes}}</ul>{{/hasChanges}}</dd>
        </dl>{{/hasCompeting}}
        </section>
        </div>

        <section aria-labelledby="next">
        <h2 id="next">What to send next</h2>
        <p>{{cure}}</p>
        {{#hasSteps}}<ol class="steps">
        {{#steps}}<li>{{text}}{{#message}}<pre tabindex="0">{{message}}</pre>{{/message}}</li>
        {{/steps}}
        </ol>{{/hasSteps}}
        </section>

        {{#upstreamMessage}}<section aria-labelledby="said">
        <h2 id="said">What the upstream said</h2>
        <pre tabindex="0">{{upstreamMessage}}</pre>
        </section>{{/upstreamMessage}}
        """
}
