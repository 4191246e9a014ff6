/**
 * The client against the servers and proxies that are in use elsewhere: nginx, Apache,
 * HAProxy, Squid, tinyproxy, Dante, httpbin and Node, as Debian packages them.
 */
@NullMarked
package io.github.requests4j.interop;

import org.jspecify.annotations.NullMarked;
