package io.github.requests4j.comparison;

record Item(String id, double price) {
}
