package io.github.requests4j.sample.desk;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

import io.github.requests4j.http.HttpException;
import io.github.requests4j.http.ProgressListener;
import io.github.requests4j.http.Response;
import io.github.requests4j.sample.desk.ShippingClient.Parcel;
import io.github.requests4j.sample.desk.ShippingClient.Receipt;
import io.github.requests4j.sample.desk.ShippingClient.Shipment;
import io.github.requests4j.sample.desk.ShippingClient.Station;

/**
 * Calls the shipping service. If a call returns 401, it logs in and tries again.
 */
@Component
class Shipping {

	private final ShippingClient client;

	private final String user;

	private final String password;

	Shipping(ShippingClient client, @Value("${depot.shipping.user}") String user,
			@Value("${depot.shipping.password}") String password) {
		this.client = client;
		this.user = user;
		this.password = password;
	}

	List<Parcel> parcels() {
		return loggedIn(this.client::parcels);
	}

	Parcel ship(String key, Shipment shipment) {
		return loggedIn(() -> this.client.ship(key, shipment));
	}

	Parcel track(String id) {
		return loggedIn(() -> this.client.track(id));
	}

	Stream<Station> stations(String id) {
		return loggedIn(() -> this.client.stations(id));
	}

	InputStream export(ProgressListener progress) {
		return loggedIn(() -> this.client.export(progress));
	}

	Receipt upload(Path document, ProgressListener progress) {
		return loggedIn(() -> this.client.upload("report.csv", document, progress));
	}

	private <T> T loggedIn(Supplier<T> call) {
		try {
			return call.get();
		}
		catch (HttpException ex) {
			Response response = ex.response();
			if (response == null || response.statusCode() != 401) {
				throw ex;
			}
			this.client.login(this.user, this.password);
			return call.get();
		}
	}

}
