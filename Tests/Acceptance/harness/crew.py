"""Doing things at the same moment."""

import threading


def together(*actions, within=30.0):
    """Runs the actions at once and returns their results in order; the first exception is raised."""
    results, faults = [None] * len(actions), []
    line = threading.Barrier(len(actions))

    def one(index, action):
        try:
            line.wait(10)
            results[index] = action()
        except BaseException as fault:  # it is raised again below, in the test's own thread
            faults.append(fault)

    crew = [threading.Thread(target=one, args=pair, daemon=True) for pair in enumerate(actions)]
    for member in crew:
        member.start()
    for member in crew:
        member.join(within)
        assert not member.is_alive(), "an action did not end"
    if faults:
        raise faults[0]
    return results


class Meanwhile:
    """An action that runs beside the test; `result()` waits for it."""

    def __init__(self, action):
        self.value, self.fault = None, None
        self.thread = threading.Thread(target=self._run, args=(action,), daemon=True)
        self.thread.start()

    def _run(self, action):
        try:
            self.value = action()
        except BaseException as fault:  # raised again by result()
            self.fault = fault

    @property
    def running(self):
        """Whether it has not ended yet."""
        return self.thread.is_alive()

    def result(self, within=20.0):
        """What it returned; raises what it raised."""
        self.thread.join(within)
        assert not self.thread.is_alive(), "the action did not end"
        if self.fault:
            raise self.fault
        return self.value
