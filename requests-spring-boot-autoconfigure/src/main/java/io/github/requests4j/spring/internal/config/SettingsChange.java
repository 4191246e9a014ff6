package io.github.requests4j.spring.internal.config;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.util.ReflectionUtils;

/**
 * The difference between the current configuration and a new one. Immutable.
 */
public final class SettingsChange {

	/** The root keys that a refresh applies. */
	private static final Set<String> LIVE = Set.of("defaults", "sessions", "clients");

	private final SettingsSnapshot started;

	private final SettingsSnapshot before;

	private final SettingsSnapshot after;

	SettingsChange(SettingsSnapshot started, SettingsSnapshot before, SettingsSnapshot after) {
		this.started = started;
		this.before = before;
		this.after = after;
	}

	SettingsSnapshot before() {
		return this.before;
	}

	SettingsSnapshot after() {
		return this.after;
	}

	/**
	 * Returns the sessions whose settings differ.
	 * @return the names of sessions that both configurations have
	 */
	public Set<String> sessions() {
		Set<String> names = this.before.all();
		names.removeIf((name) -> isRemoved(name) || this.after.session(name) == null
				|| Objects.equals(this.before.session(name), this.after.session(name)));
		return names;
	}

	/**
	 * Returns the clients whose settings differ.
	 * @return the names below {@code requests.clients}
	 */
	public Set<String> clients() {
		Set<String> names = new TreeSet<>(this.before.written().clients().keySet());
		names.addAll(this.after.written().clients().keySet());
		names.removeIf((name) -> Objects.equals(this.before.written().clients().get(name),
				this.after.written().clients().get(name)));
		return names;
	}

	/**
	 * Returns the changes since the start that only a restart can apply, because beans
	 * depend on them.
	 * @return the keys
	 */
	public List<String> needRestart() {
		List<String> keys = new ArrayList<>();
		this.after.names()
			.keySet()
			.stream()
			.filter((name) -> !this.started.names().containsKey(name) && !isOnlySession(name))
			.forEach((name) -> keys.add(this.after.place(name).toString()));
		for (String name : this.started.names().keySet()) {
			if (isRemoved(name)) {
				keys.add(this.started.place(name).toString());
			}
			else {
				addBeanKeys(name, keys);
			}
		}
		for (RecordComponent component : RequestsProperties.class.getRecordComponents()) {
			if (!LIVE.contains(component.getName())
					&& differ(component, this.started.written(), this.after.written())) {
				keys.add(SettingsSnapshot.ROOT + "." + DataObjectPropertyName.toDashedForm(component.getName()));
			}
		}
		return List.copyOf(keys);
	}

	private void addBeanKeys(String name, List<String> keys) {
		SessionProperties old = Objects.requireNonNull(this.started.session(name));
		SessionProperties changed = Objects.requireNonNull(this.after.session(name));
		if (!old.primary().equals(changed.primary())) {
			keys.add(this.after.place(name) + ".primary");
		}
		if (!old.restClient().equals(changed.restClient())) {
			keys.add(this.after.place(name) + ".rest-client");
		}
		if (old.cookies().store() != changed.cookies().store()) {
			keys.add(this.after.place(name) + ".cookies.store");
		}
	}

	/**
	 * Returns whether this is the session that exists if none is configured.
	 */
	private boolean isOnlySession(String name) {
		return this.started.names().isEmpty() && name.equals(ConfiguredSessions.DEFAULT_NAME);
	}

	private boolean isRemoved(String name) {
		return this.started.names().containsKey(name) && !this.after.names().containsKey(name);
	}

	private static boolean differ(RecordComponent component, Record one, Record other) {
		@Nullable Object first = ReflectionUtils.invokeMethod(component.getAccessor(), one);
		@Nullable Object second = ReflectionUtils.invokeMethod(component.getAccessor(), other);
		return !Objects.equals(first, second);
	}

}
