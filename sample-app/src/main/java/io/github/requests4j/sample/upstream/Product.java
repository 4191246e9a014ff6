package io.github.requests4j.sample.upstream;

import java.math.BigDecimal;
import java.util.List;

/**
 * A product of the depot.
 */
record Product(String id, String name, BigDecimal price, int stock) {

	static final List<Product> ALL = List.of(product("tea", "Green tea, 100 g", "6.40", 120),
			product("pot", "Teapot, cast iron", "48.00", 9), product("cup", "Cup, stoneware", "9.50", 64),
			product("whisk", "Bamboo whisk", "14.20", 31), product("honey", "Lime honey, 250 g", "7.90", 45),
			product("lemon", "Lemon, organic", "0.60", 300), product("kettle", "Kettle, 1.2 l", "39.90", 12),
			product("tray", "Serving tray, oak", "27.00", 18), product("biscuit", "Almond biscuits", "4.80", 80),
			product("tin", "Storage tin", "11.30", 40));

	private static Product product(String id, String name, String price, int stock) {
		return new Product(id, name, new BigDecimal(price), stock);
	}

}
