package io.github.requests4j.adapters;

/**
 * How a pool of connections stands at one moment. Immutable.
 *
 * @param leased connections that are serving a request, or whose response is not yet read
 * to its end
 * @param available idle connections that can be used again
 * @param pending threads that wait for a connection
 * @param max the most connections: in blocking mode the most at once, else the most idle
 * ones that are kept; for one pool or, where it is the sum over an adapter, for all pools
 * that exist
 */
public record PoolStatistics(int leased, int available, int pending, int max) {

	static final PoolStatistics NONE = new PoolStatistics(0, 0, 0, 0);

	PoolStatistics plus(PoolStatistics other) {
		return new PoolStatistics(this.leased + other.leased, this.available + other.available,
				this.pending + other.pending, this.max + other.max);
	}

}
