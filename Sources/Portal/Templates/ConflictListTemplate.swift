/// The list of conflicts with its filters.
enum ConflictListTemplate {
    /// The page's own content, for ``ConflictListPage``.
    static let body = """
        <h1>Conflicts</h1>
        <form class="filters" method="get" action="/conflicts" role="search" aria-label="Conflicts">
        {{#periodField}}<p><label for="since">Since</label>
        <select id="since" name="since">
        {{#options}}<option value="{{optionValue}}"{{#isChosen}} selected{{/isChosen}}>{{optionLabel}}</option>
        {{/options}}</select></p>{{/periodField}}
        {{#kindField}}<p><label for="kind">Kind</label>
        <select id="kind" name="kind">
        {{#options}}<option value="{{optionValue}}"{{#isChosen}} selected{{/isChosen}}>{{optionLabel}}</option>
        {{/options}}</select></p>{{/kindField}}
        {{#fields}}<p><label for="{{fieldName}}">{{fieldLabel}}</label>
        <input id="{{fieldName}}" name="{{fieldName}}" value="{{fieldValue}}" autocomplete="off" spellcheck="false"></p>
        {{/fields}}
        <p><button type="submit">Search</button> {{#isFiltered}}<a href="/conflicts">Show all</a>{{/isFiltered}}</p>
        </form>

        {{^hasRows}}<p class="empty">No conflict matches. {{emptyHint}}</p>{{/hasRows}}
        {{#hasRows}}<div class="wide" role="region" aria-label="Conflicts, newest first" tabindex="0"><table>
        <caption class="hidden">Conflicts, newest first</caption>
        <thead><tr><th scope="col">Time</th><th scope="col">Kind</th><th scope="col">Request</th>
        <th scope="col">Route</th><th scope="col">Who</th><th scope="col">Answer</th><th scope="col">Outcome</th></tr></thead>
        <tbody>
        {{#rows}}<tr><td><time datetime="{{timestamp}}">{{timeText}}</time></td>
        <th scope="row"><a href="{{link}}">{{kindName}}</a></th>
        <td><code>{{method}} {{resourceName}}</code></td><td>{{routeName}}</td>
        <td>{{who}}{{#rival}} <small>against {{rival}}</small>{{/rival}}</td>
        <td>{{answer}}</td><td><span class="badge {{badge}}">{{outcome}}</span></td></tr>
        {{/rows}}
        </tbody></table></div>{{/hasRows}}
        <nav class="pages" aria-label="Pages">
        {{#newestLink}}<a href="{{newestLink}}" rel="first">Newest</a>{{/newestLink}}
        {{#olderLink}}<a href="{{olderLink}}" rel="next">Older</a>{{/olderLink}}
        </nav>
        """
}
