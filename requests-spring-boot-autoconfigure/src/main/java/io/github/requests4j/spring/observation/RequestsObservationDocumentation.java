package io.github.requests4j.spring.observation;

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.docs.ObservationDocumentation;

/**
 * The observations of requests and their keys.
 */
public enum RequestsObservationDocumentation implements ObservationDocumentation {

	/**
	 * One exchange with the network: each redirect hop, digest retry and adapter retry is
	 * one. Ends when the headers of the response are there.
	 */
	EXCHANGE {

		@Override
		public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
			return DefaultRequestsObservationConvention.class;
		}

		@Override
		public KeyName[] getLowCardinalityKeyNames() {
			return LowCardinalityKeys.values();
		}

		@Override
		public KeyName[] getHighCardinalityKeyNames() {
			return HighCardinalityKeys.values();
		}

	};

	/**
	 * Keys with few values; they are tags of the metric.
	 */
	public enum LowCardinalityKeys implements KeyName {

		/** The host that was called. */
		CLIENT_NAME {
			@Override
			public String asString() {
				return "client.name";
			}
		},

		/** The simple name of the exception, or "none". */
		EXCEPTION {
			@Override
			public String asString() {
				return "exception";
			}
		},

		/** The method, or "_OTHER" for one that is not registered. */
		METHOD {
			@Override
			public String asString() {
				return "method";
			}
		},

		/** SUCCESS, REDIRECTION, CLIENT_ERROR and so on; UNKNOWN without a response. */
		OUTCOME {
			@Override
			public String asString() {
				return "outcome";
			}
		},

		/** The status; "CLIENT_ERROR" without a response, as Spring's own clients say. */
		STATUS {
			@Override
			public String asString() {
				return "status";
			}
		},

		/**
		 * The path of the URI template, without query; "none" when the URL came without a
		 * template.
		 */
		URI {
			@Override
			public String asString() {
				return "uri";
			}
		},

		/** The name of the session, or "none". */
		SESSION {
			@Override
			public String asString() {
				return "session";
			}
		},

		/**
		 * The name of the interface client, or "none" when the session was called
		 * directly.
		 */
		CLIENT {
			@Override
			public String asString() {
				return "client";
			}
		}

	}

	/**
	 * Keys with many values; they are in traces only.
	 */
	public enum HighCardinalityKeys implements KeyName {

		/** The URL without credentials, query and fragment, which may hold secrets. */
		HTTP_URL {
			@Override
			public String asString() {
				return "http.url";
			}
		},

		/** Why the exchange took place: first, redirect, retry or auth. */
		KIND {
			@Override
			public String asString() {
				return "requests.kind";
			}
		}

	}

}
