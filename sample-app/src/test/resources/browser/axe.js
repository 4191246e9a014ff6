// What violates WCAG 2.2 (A and AA) or axe's best practices. The first argument selects rules, the second is the callback.
const [rules, done] = arguments;
const list = (result) => result.violations.flatMap((violation) => violation.nodes.map((node) =>
	`${violation.id}: ${node.target.join(' ')}: ${node.failureSummary.replace(/\s+/g, ' ')}`));
axe.run(document, rules.length ? { runOnly: rules } : {})
	.then((result) => done(result.passes.length ? list(result) : ['axe checked nothing']), (error) => done([String(error)]));
