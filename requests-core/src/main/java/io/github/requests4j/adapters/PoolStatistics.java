package io.github.requests4j.adapters;

/**
 * A snapshot of a connection pool. Immutable.
 *
 * @param leased connections that are serving a request, including those whose response is
 * not read to its end
 * @param available idle connections
 * @param pending threads that wait for a connection
 * @param max the maximum number of connections: of all connections in blocking mode,
 * otherwise of idle connections; the sum over all existing pools if the snapshot is that
 * of an adapter
 */
public record PoolStatistics(int leased, int available, int pending, int max) {

	static final PoolStatistics NONE = new PoolStatistics(0, 0, 0, 0);

	PoolStatistics plus(PoolStatistics other) {
		return new PoolStatistics(this.leased + other.leased, this.available + other.available,
				this.pending + other.pending, this.max + other.max);
	}

}
