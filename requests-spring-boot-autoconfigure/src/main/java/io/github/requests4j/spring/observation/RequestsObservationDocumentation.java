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
	 * One exchange over the network. Each redirect hop, digest retry, adapter retry and
	 * hedge is a separate exchange. The observation ends when the headers of the response
	 * arrive.
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
	 * Keys with few values, which are tags of the metric.
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

		/**
		 * SUCCESS, REDIRECTION, CLIENT_ERROR and so on; UNKNOWN without a response, and
		 * CANCELLED for an attempt that lost against another one.
		 */
		OUTCOME {
			@Override
			public String asString() {
				return "outcome";
			}
		},

		/**
		 * The status, or "CLIENT_ERROR" without a response, as in Spring's own clients;
		 * "CANCELLED" for an attempt that lost against another one.
		 */
		STATUS {
			@Override
			public String asString() {
				return "status";
			}
		},

		/**
		 * The path of the URI template without its query, or "none" if the call did not
		 * use a template.
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
		 * The name of the interface client, or "none" if the session was called directly.
		 */
		CLIENT {
			@Override
			public String asString() {
				return "client";
			}
		}

	}

	/**
	 * Keys with many values, which are only in traces.
	 */
	public enum HighCardinalityKeys implements KeyName {

		/** The URL without credentials, query and fragment, which may contain secrets. */
		HTTP_URL {
			@Override
			public String asString() {
				return "http.url";
			}
		},

		/** The reason for the exchange: first, redirect, retry, auth or hedge. */
		KIND {
			@Override
			public String asString() {
				return "requests.kind";
			}
		}

	}

}
