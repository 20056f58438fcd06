package tui

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"provkeys/client"
	"provkeys/client/catalog"
)

// situations returns what a screen may show, and how to come to it.
func situations() map[string]func(*Model) {
	return map[string]func(*Model){
		"table":    func(*Model) {},
		"expanded": func(m *Model) { m.toggleAllDetails() },
		"toast":    func(m *Model) { m.say(toneBad, strings.Repeat("a reason that is never cut ", 9)) },
		"edit":     func(m *Model) { m.openEdit() },
		"conflict": func(m *Model) {
			m.openEdit()
			m.edit.conflict = m.newConflict(&client.ConflictError{Fields: []client.FieldConflict{
				{Field: client.FieldMaxUses, Seen: "1", Now: strings.Repeat("9", 99)}, {Field: client.FieldName, Seen: "日本", Now: strings.Repeat("long ", 60)},
			}, Now: m.edit.seen})
		},
		"inspect": func(m *Model) {
			m.openInspect()
			m.inspect.add(strings.Repeat("x\n", 999))
			m.inspect.fault = strings.Repeat("fault ", 30)
		},
		"inspect report": func(m *Model) {
			m.openInspect()
			m.inspect.stage, m.inspect.report, m.inspect.target = inspectShowing, reportOf(damaged()), m.keys.rows[0]
		},
		"download": func(m *Model) { m.openDownload() },
		"download to": func(m *Model) {
			m.effects.downloads = namesOnly{}
			m.openDownload()
			for _, key := range []string{"r", "x", "\t", "y"} {
				m.Update(tea.KeyPressMsg{Code: []rune(key)[0], Text: strings.TrimSpace(key)})
			}
			m.notDownloaded(recipientField(1), strings.Repeat("a reason ", 20))
		},
		"download plain": func(m *Model) {
			m.openDownload()
			m.download.stage, m.download.path = downloadConfirming, strings.Repeat("/a long folder", 30)
		},
		"download done": func(m *Model) {
			m.openDownload()
			m.downloaded(downloadedMsg{key: m.download.key, made: client.NewSecret("made-made-made-made-made-made"), done: Downloaded{Path: strings.Repeat("/a long folder", 30), Readers: strings.Repeat("you ", 20)}})
		},
		"create kind": func(m *Model) { m.openCreate() },
		"create":      createFormOpen,
		"create review": func(m *Model) {
			createFormOpen(m)
			m.create.form = m.create.form.Fill(exportableField, no)
			m.create.stage = createReviewing
		},
		"created": func(m *Model) {
			createFormOpen(m)
			m.created(keyCreatedMsg{created: madeHidden()})
		},
		"created, closing": func(m *Model) {
			createFormOpen(m)
			m.created(keyCreatedMsg{created: madeHidden()})
			m.create.stage = createParting
		},
		"delete": func(m *Model) { deleteOpened(m) },
		"delete, named": func(m *Model) {
			deleteOpened(m)
			m.erase.stage, m.erase.form = deleteNaming, nameForm(m.erase.seen)
		},
		"marks":     func(m *Model) { m.markAll() },
		"bulk":      func(m *Model) { m.markAll(); m.openBulk() },
		"bulk ask":  func(m *Model) { m.markAll(); m.openBulkDelete() },
		"bulk runs": func(m *Model) { m.markAll(); m.openBulkRaise(); bulkAt(m, bulkRunning) },
		"bulk done": func(m *Model) { m.markAll(); m.openBulkRaise(); bulkAt(m, bulkResults) },
		"raise":     func(m *Model) { m.openRaise() },
		"sort":      func(m *Model) { m.openSort() },
		"copy as":   func(m *Model) { m.openCopyAs() },
		"copy as, unfit": func(m *Model) {
			m.openCopyAs()
			m.copyAs.list[3].why, m.copyAs.at = strings.Repeat("it does not fit this kind ", 9), 3
		},
		"views":           func(m *Model) { viewsOpened(m) },
		"views, named":    func(m *Model) { viewsOpened(m); m.views.name() },
		"views, faulty":   func(m *Model) { viewsOpened(m); m.views.point("broken") },
		"views, replaced": func(m *Model) { viewsOpened(m); m.viewSaved(viewSavedMsg{dialog: 1, there: &m.viewing.saved[0]}) },
		"views, deleted":  func(m *Model) { viewsOpened(m); m.views.choose(tea.KeyPressMsg{Code: 'D', Text: "D"}, 1) },
		"views, failed":   func(m *Model) { viewsOpened(m); m.viewFailed(true, strings.Repeat("why ", 60)) },
		"view picked":     func(m *Model) { viewsOpened(m); m.closeViews(); m.barHidden = true },
		"columns":         func(m *Model) { m.openColumns(); m.choosing.at, m.choosing.fault = 9, strings.Repeat("why ", 30) },
		"help":            func(m *Model) { m.openHelp() },
		"help, searched": func(m *Model) {
			m.openHelp()
			m.opts.InForce = []Fact{{"customer_id", strings.Repeat("日本\x1b[2J", 40), strings.Repeat("/a long folder", 20)}}
			m.help.searching = true
			m.help.search.SetValue("customer_id")
		},
		"help, nothing found": func(m *Model) { m.openHelp(); m.help.search.SetValue(strings.Repeat("日本", 60)) },
		"command":             func(m *Model) { m.openCommand(); m.command.fault = strings.Repeat("no such command ", 30) },
		"command, completed":  func(m *Model) { m.openCommand(); m.command.step(-1) },
		"filter":              func(m *Model) { m.openFilter(); m.keys.filter.set("日本 left<"); m.reselect() },
		"filtered away":       func(m *Model) { m.keys.filter.set("no-such-key"); m.reselect() },
		"groups":              func(m *Model) { fleetLoaded(m); m.turnTo(groupsPage); m.toggleAllDetails() },
		"connectors":          func(m *Model) { fleetLoaded(m); m.turnTo(connectorsPage) },
		"connectors, open":    func(m *Model) { fleetLoaded(m); m.turnTo(connectorsPage); m.toggleAllDetails() },
		"certificates":        func(m *Model) { fleetLoaded(m); m.turnTo(certificatesPage); m.toggleAllDetails() },
		"empty page":          func(m *Model) { m.turnTo(groupsPage); m.groups.filter.set("no-such-group") },
		"profiles": func(m *Model) {
			profilesAt(m, profilesChoosing)
			m.profiles.fault = strings.Repeat("why it cannot be ", 20)
		},
		"welcome": func(m *Model) {
			profilesAt(m, profilesChoosing)
			m.profiles.first, m.profiles.list, m.effects.client = true, nil, nil
		},
		"add a profile": func(m *Model) {
			profilesAt(m, profilesAdding)
			m.profiles.form = profileForm()
			m.profiles.form.SetError(baseURLField, strings.Repeat("a reason ", 20))
		},
		"signing in": func(m *Model) { profilesAt(m, profilesSigning) },
		"stale": func(m *Model) {
			for _, k := range client.Kinds() {
				m.loads.end(k, client.ErrUnavailable, m.now)
			}
		},
	}
}

// viewsOpened opens the list of views, one of them picked and changed since, one
// faulty, all of them hostile.
func viewsOpened(m *Model) {
	long := catalog.View{Name: strings.Repeat("日本", 32), Filter: strings.Repeat("\u202eused>0 ", 30), Sort: catalog.ByLeft, Reverse: true}
	m.viewing.took([]catalog.Saved{{View: long}, {View: catalog.View{Name: "broken", Filter: "used>"}, Fault: errors.New(strings.Repeat("a fault ", 30))}}, nil)
	m.show(long)
	m.reverseSort()
	m.openViews()
}

// fleetLoaded brings the lists of the pages beside the keys.
func fleetLoaded(m *Model) {
	m.loads.certs = m.now
	for i, kind := range client.Kinds() {
		if !kind.Listed() {
			continue
		}
		var machines []client.Connector
		for j := range 9 {
			machines = append(machines, client.Connector{
				Kind: kind, ID: client.ID(fmt.Sprint(100*i + j)), Name: strings.Repeat("machine 日本 ", j), KeyID: client.ID(fmt.Sprint(i)), Enabled: j > 1,
				GroupID: "7", Group: strings.Repeat("group ", j), Version: "26.41.2", ExpectedVersion: strings.Repeat("27.", j), Created: m.now,
				ControlStatus: "ZPN_STATUS_DISCONNECTED", LastDisconnect: m.now.Add(-time.Hour), Fingerprint: strings.Repeat("x", 99), PublicIP: "203.0.113.7",
			})
		}
		m.fleet.machines[kind].take(machines, nil, m.now)
		m.fleet.groups[kind].take([]client.Group{{Kind: kind, ID: "7", Name: strings.Repeat("group ", 30)}}, nil, m.now)
	}
	m.joinCertificates([]client.Certificate{
		{ID: "1", Name: "Connector", ValidTo: m.now.AddDate(0, 0, 9), Serial: strings.Repeat("9", 60), IssuedBy: strings.Repeat("CN=日本 ", 30)},
		{ID: "2", Name: strings.Repeat("ended ", 30), ValidTo: m.now.AddDate(0, 0, -9), AllowSigning: true},
	}, nil)
}

// profilesAt opens the choice of a tenant.
func profilesAt(m *Model, stage profilesStage) {
	m.openProfiles()
	m.tookProfiles(profilesListedMsg{gen: m.profiles.work.gen, profiles: []Profile{
		{Name: strings.Repeat("name", 16), Where: strings.Repeat("host.", 30), ReadOnly: true},
		{Name: "b", Default: true},
	}})
	m.profiles.stage = stage
}

// createFormOpen opens the form of a new key, with many groups.
func createFormOpen(m *Model) {
	m.openCreateLike()
	var groups []client.Group
	for i := range 40 {
		groups = append(groups, client.Group{ID: client.ID(strconv.Itoa(i)), Name: strings.Repeat("group 日本 ", i%9+1), Enabled: i%3 > 0})
	}
	m.tookGroups(groupsLoadedMsg{gen: m.create.work.gen, groups: groups, certificates: []client.Certificate{
		{ID: "1", Name: strings.Repeat("Connector ", 9), AllowSigning: true, ValidTo: m.now.AddDate(1, 0, 0)},
	}})
	m.create.form.SetError(nameField, strings.Repeat("a reason ", 20))
}

// madeHidden is a hidden key that was just made.
func madeHidden() client.Created {
	return client.Created{Found: true, Key: client.Key{
		Kind: client.AppConnector, ID: "999", Name: strings.Repeat("made ", 30), Group: strings.Repeat("group ", 30), MaxUses: 3, Enabled: true,
		Text: client.NewSecret("3|mock.example|" + strings.Repeat("A", 384)), Fresh: true,
	}}
}

func deleteOpened(m *Model) {
	m.openDelete()
	m.tookDependents(dependentsLoadedMsg{gen: m.erase.work.gen, listed: true, machines: []client.Connector{
		{Name: strings.Repeat("machine ", 9)}, {Name: "日本"}, {Name: "c"},
	}})
}

// bulkAt puts bulk work into its middle, some of it failed.
func bulkAt(m *Model, stage bulkStage) {
	m.bulk.stage = stage
	for i, k := range m.bulk.keys[:20] {
		m.bulk.job.results = append(m.bulk.job.results, bulkResult{key: k, words: strings.Repeat("what became of it ", i%7+1), failed: i%3 == 0})
	}
}
