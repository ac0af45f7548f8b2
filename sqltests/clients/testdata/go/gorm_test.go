package clients

import (
	"errors"
	"testing"
	"time"

	"gorm.io/driver/postgres"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"
	"gorm.io/gorm/logger"
)

type GormCustomer struct {
	ID        uint
	Name      string `gorm:"size:50;not null;default:x;index"`
	Email     *string
	Price     float64 `gorm:"type:numeric(10,2)"`
	Items     []GormItem
	CreatedAt time.Time
	DeletedAt gorm.DeletedAt `gorm:"index"`
}

type GormItem struct {
	ID             uint
	GormCustomerID uint
	SKU            string
}

func TestGorm(t *testing.T) {
	for _, simple := range []bool{false, true} {
		db, err := gorm.Open(postgres.New(postgres.Config{DSN: dsn(), PreferSimpleProtocol: simple}),
			&gorm.Config{Logger: logger.Default.LogMode(logger.Silent)})
		check(t, err)
		check(t, db.Migrator().DropTable(&GormItem{}, &GormCustomer{}))
		check(t, db.AutoMigrate(&GormCustomer{}, &GormItem{}))
		check(t, db.AutoMigrate(&GormCustomer{}, &GormItem{}))
		gormIntrospect(t, db)
		gormRows(t, db)
		check(t, db.Migrator().DropTable(&GormItem{}, &GormCustomer{}))
	}
}

func gormIntrospect(t *testing.T, db *gorm.DB) {
	m := db.Migrator()
	same(t, m.HasTable(&GormCustomer{}), true)
	same(t, m.HasColumn(&GormCustomer{}, "email"), true)
	same(t, m.HasIndex(&GormCustomer{}, "Name"), true)
	columns, err := m.ColumnTypes(&GormCustomer{})
	check(t, err)
	same(t, len(columns), 6)
	for _, c := range columns {
		if c.Name() == "price" {
			p, s, _ := c.DecimalSize()
			same(t, []any{c.DatabaseTypeName(), p, s}, []any{"numeric", int64(10), int64(2)})
		}
		if c.Name() == "id" {
			key, _ := c.PrimaryKey()
			same(t, key, true)
		}
	}
	_, err = m.GetIndexes(&GormCustomer{})
	check(t, err)
}

func gormRows(t *testing.T, db *gorm.DB) {
	c := GormCustomer{Name: "one", Price: 1.25, Items: []GormItem{{SKU: "a"}, {SKU: "b"}}}
	check(t, db.Create(&c).Error)
	same(t, c.ID, uint(1))
	check(t, db.CreateInBatches(make([]GormCustomer, 50), 20).Error)
	var got GormCustomer
	check(t, db.Preload("Items").First(&got, c.ID).Error)
	same(t, []any{got.Name, got.Price, len(got.Items)}, []any{"one", 1.25, 2})
	check(t, db.Model(&got).Updates(map[string]any{"name": "two", "price": gorm.Expr("price + ?", 1)}).Error)
	check(t, db.Save(&got).Error)
	check(t, db.Clauses(clause.OnConflict{UpdateAll: true}).Create(&GormCustomer{ID: c.ID, Name: "three"}).Error)
	check(t, db.First(&got, "name = ?", "three").Error)
	check(t, db.Delete(&got).Error)
	if err := db.First(&got, c.ID).Error; !errors.Is(err, gorm.ErrRecordNotFound) {
		t.Fatal(err)
	}
	var n int64
	check(t, db.Model(&GormCustomer{}).Where("price >= ?", 0).Count(&n).Error)
	same(t, n, int64(50))
	err := db.Transaction(func(tx *gorm.DB) error {
		check(t, tx.Create(&GormItem{SKU: "x"}).Error)
		return errors.New("back")
	})
	if err == nil {
		t.Fatal("no error")
	}
	check(t, db.Model(&GormItem{}).Count(&n).Error)
	same(t, n, int64(2))
	var sums []struct {
		Name string
		Sum  float64
	}
	check(t, db.Model(&GormCustomer{}).Select("name, sum(price) AS sum").Group("name").Having("count(*) > 1").Scan(&sums).Error)
	same(t, len(sums), 1)
}
