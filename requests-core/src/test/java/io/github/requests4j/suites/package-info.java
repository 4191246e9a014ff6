/**
 * Runs public test data against the library and counts where the answers agree. Start it
 * with {@code scripts/run-suites FOLDER}, see {@link io.github.requests4j.suites.Suites}.
 * The data is not part of this repository. The folder has these subfolders, each with
 * files as their repository has them:
 * <ul>
 * <li>{@code http-state}: abarth/http-state, {@code tests/data}</li>
 * <li>{@code psl}: publicsuffix/list, {@code tests/tests.txt}</li>
 * <li>{@code url-wpt}: web-platform-tests/wpt, {@code url/resources}</li>
 * <li>{@code idna}: {@code IdnaTestV2.txt} of Unicode's UTS 46</li>
 * <li>{@code uritemplate-test}: uri-templates/uritemplate-test</li>
 * <li>{@code mime}: web-platform-tests/wpt, {@code mimesniff/mime-types/resources}</li>
 * <li>{@code wpt-http}: {@code content-lengths.json} and {@code h1-parsing.json} of
 * web-platform-tests/wpt</li>
 * <li>{@code llhttp}: nodejs/llhttp, {@code test/response}</li>
 * <li>{@code curl-http}: curl/curl, the files of {@code tests/data} that need plain HTTP
 * servers</li>
 * </ul>
 */
package io.github.requests4j.suites;
