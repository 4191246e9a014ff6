package io.github.requests4j.spring.client.misplaced;

import io.github.requests4j.spring.client.RequestsClient;

/**
 * A class cannot be a client.
 */
@RequestsClient("s")
public class PricesService {

}
