package io.github.requests4j.spring.refresh;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.cloud.context.refresh.ContextRefresher;
import org.springframework.cloud.context.scope.refresh.RefreshScopeRefreshedEvent;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.event.SmartApplicationListener;

/**
 * Starts a refresh when the environment of the application has changed.
 */
final class RefreshListener implements SmartApplicationListener {

	private final SettingsRefresh refresh;

	private final ObjectProvider<ContextRefresher> refreshers;

	RefreshListener(SettingsRefresh refresh, ObjectProvider<ContextRefresher> refreshers) {
		this.refresh = refresh;
		this.refreshers = refreshers;
	}

	@Override
	public boolean supportsEventType(Class<? extends ApplicationEvent> type) {
		return EnvironmentChangeEvent.class.isAssignableFrom(type)
				|| RefreshScopeRefreshedEvent.class.isAssignableFrom(type);
	}

	@Override
	public void onApplicationEvent(ApplicationEvent event) {
		this.refresh.refresh(event instanceof EnvironmentChangeEvent && isContextRefresh());
	}

	/**
	 * Returns whether the refresh scope will be refreshed after the environment. New
	 * settings may refer to new beans in that scope, such as Resilience4j's instances.
	 */
	private boolean isContextRefresh() {
		return this.refreshers.stream().anyMatch(Thread::holdsLock);
	}

}
