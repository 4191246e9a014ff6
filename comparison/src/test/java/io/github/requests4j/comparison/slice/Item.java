package io.github.requests4j.comparison.slice;

record Item(String id, double price) {
}
